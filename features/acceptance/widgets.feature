Feature: Widgets
  What the widgets of the dashboard do, and how they are moved.

  Background:
    Given I am signed in as "amara"
    And I open "/dashboard"

  Scenario: A widget is dragged before another by its head
    When I drag the heading "Notepad" onto the heading "PATENTSCOPE"
    Then I see just these, in this order:
      | widget                 |
      | Notepad                |
      | PATENTSCOPE            |
      | Global Brand Database  |
      | Global Design Database |
      | World Clock            |
      | Quick Links            |
    And the page announces "Notepad is now at place 1 of 6."
    When I open "/dashboard"
    Then I see just these, in this order:
      | widget                 |
      | Notepad                |
      | PATENTSCOPE            |
      | Global Brand Database  |
      | Global Design Database |
      | World Clock            |
      | Quick Links            |

  Scenario: A widget is moved by keyboard, and keeps the focus
    When I click the button "Move PATENTSCOPE later"
    And I press the key "Enter"
    Then I see just these, in this order:
      | widget                 |
      | Global Brand Database  |
      | Global Design Database |
      | PATENTSCOPE            |
      | World Clock            |
      | Quick Links            |
      | Notepad                |
    And the page announces "PATENTSCOPE is now at place 3 of 6."

  Scenario: A widget is taken off by its own button
    When I click the button "Remove World Clock"
    Then I do not see the widget "World Clock"
    When I open "/dashboard"
    Then I do not see the widget "World Clock"

  Scenario: A link is typed into Quick Links, and leads to the page before the door
    When I type "www.wipo.int/lex" into the text field "Web address"
    And I press the key "Enter"
    And I click the link "https://www.wipo.int/lex"
    Then I see the text "https://www.wipo.int/lex"
    And I am at "/leaving?to=https%3A%2F%2Fwww.wipo.int%2Flex"

  Scenario: What is no web address is refused beside the field
    When I type "javascript:alert(1)" into the text field "Web address"
    And I press the key "Enter"
    Then I see the text "Enter a web address that begins with http:// or https://." in the widget "Quick Links"
    And the text field "Web address" holds "javascript:alert(1)"

  Scenario: A link is dropped into Quick Links
    When I drag the link "Give us feedback" onto the widget "Quick Links"
    Then I see the text "/feedback" in the widget "Quick Links"

  Scenario: A link is removed
    Given I type "https://www.wipo.int" into the text field "Web address"
    And I press the key "Enter"
    When I click the button "Remove https://www.wipo.int"
    Then I do not see the link "https://www.wipo.int"

  Scenario: A note is kept
    When I type "Call Geneva" into the text field "Your notes"
    And I click the button "Save" in the widget "Notepad"
    And I open "/dashboard"
    Then the text field "Your notes" holds "Call Geneva"

  Scenario: Another city is added to the World Clock and removed
    When I click the button "Other cities"
    And I choose "Auckland" from the selection list "City"
    And I click the button "Add" in the widget "World Clock"
    Then I see the text "00:27" in the widget "World Clock"
    And I see the text "July 3, 2024" in the widget "World Clock"
    When I open "/dashboard"
    Then I see the text "Auckland" in the widget "World Clock"
    When I click the button "Remove Auckland"
    Then I do not see the text "00:27" in the widget "World Clock"

  Scenario: A service leads to the page before the door
    Given I open "/dashboard?panel=open"
    And I click the button "Designs"
    And I tick the check box "eHague"
    When I click the link "Open eHague"
    Then I see the text "https://www.wipo.int/hague"
