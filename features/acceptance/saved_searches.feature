Feature: Saved searches
  A search that is worth running again is saved with the results, and stands in its widget from then on.

  Background:
    Given I am signed in as "amara"

  Scenario: A search shows what would be searched for
    Given I open "/dashboard"
    When I type "solar sail" into the field with the placeholder "Search for patents"
    And I press the key "Enter"
    Then I am at "/search/patentscope?q=solar+sail"
    And I see the heading "Search results"
    And I see the text "solar sail"

  Scenario: A search is saved, and run again from its widget
    Given I open "/search/patentscope?q=solar+sail"
    When I click the button "Save this search"
    Then I see the text "This search is saved."
    When I open "/dashboard"
    And I click the tab "Saved searches" in the widget "PATENTSCOPE"
    And I click the link "solar sail" in the widget "PATENTSCOPE"
    Then I am at "/search/patentscope?q=solar%20sail"

  Scenario: A saved search is removed, and its tab stays open
    Given I open "/search/patentscope?q=solar+sail"
    And I click the button "Save this search"
    And I open "/dashboard"
    When I click the tab "Saved searches" in the widget "PATENTSCOPE"
    And I click the button "Remove solar sail"
    Then I see the text "You have no saved searches." in the widget "PATENTSCOPE"

  Scenario: Tabs are chosen with the arrow keys
    Given I open "/dashboard"
    When I click the tab "Search" in the widget "Global Brand Database"
    And I press the key "Arrow Right"
    Then I see the text "You have no saved searches." in the widget "Global Brand Database"
    When I press the key "Home"
    Then I see the field with the placeholder "Search Global Brand Database"

  Scenario: Another person does not see them
    Given I open "/search/patentscope?q=solar+sail"
    And I click the button "Save this search"
    And I click the button "Amara Diallo"
    And I click the menu item "Logout"
    And I am signed in as "bogdan"
    And I open "/dashboard"
    When I click the tab "Saved searches" in the widget "PATENTSCOPE"
    Then I see the text "You have no saved searches." in the widget "PATENTSCOPE"
