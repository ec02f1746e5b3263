Feature: Dashboard
  Widgets are put on and taken off the dashboard, and stay.

  Background:
    Given I am signed in as "amara"
    And I open "/dashboard"

  Scenario: A new account sees six widgets
    Then I see just these, in this order:
      | widget                 |
      | PATENTSCOPE            |
      | Global Brand Database  |
      | Global Design Database |
      | World Clock            |
      | Quick Links            |
      | Notepad                |

  Scenario: The clock shows the time of Switzerland
    Then I see the text "14:27" in the widget "World Clock"
    And I see the text "July 2, 2024" in the widget "World Clock"
    And I see the text "Switzerland" in the widget "World Clock"

  Scenario: The search widgets say what they search
    Then I see the field with the placeholder "Search for patents" in the widget "PATENTSCOPE"
    And I see the text "Search in the front page of the patent documents." in the widget "PATENTSCOPE"
    And I see the field with the placeholder "Search Global Brand Database"
    And I see the field with the placeholder "Search Global Design Database"
    And I see the tab "Saved searches" in the widget "PATENTSCOPE"

  Scenario: The panel holds the categories in their order
    When I click the button "Widgets"
    Then I see the button "Clear Dashboard" in the panel "Widgets"
    And I see the button "Change view" in the panel "Widgets"
    And I see just these in the panel "Widgets", in this order:
      | heading                 |
      | Patents                 |
      | Trademarks              |
      | Designs                 |
      | Geographical Indications |
      | Payments                |
      | WIPO Lex                |
      | General                 |
      | Dashboard templates     |

  Scenario: Payments holds six widgets
    When I click the button "Widgets"
    And I click the button "Payments" in the panel "Widgets"
    Then I see just these in the panel "Widgets", in this order:
      | check box                       |
      | WIPO Pay Summary                |
      | Current Account at WIPO Summary |
      | WIPO Pay Details                |
      | Current Account at WIPO Details |
      | Distribution Reports            |
      | Annual Contributions            |

  Scenario: A ticked widget is there at once and stays; unticked, it is gone
    When I click the button "Widgets"
    And I click the button "Payments" in the panel "Widgets"
    And I tick the check box "Distribution Reports"
    Then I see the widget "Distribution Reports (IP Offices)"
    When I open "/dashboard?panel=open"
    Then I see the widget "Distribution Reports (IP Offices)"
    When I click the button "Payments" in the panel "Widgets"
    And I untick the check box "Distribution Reports"
    Then I do not see the widget "Distribution Reports (IP Offices)"

  Scenario: Clearing the dashboard asks first
    When I click the button "Widgets"
    And I click the button "Clear Dashboard"
    Then I see the heading "Clear your dashboard?"
    When I click the link "Cancel"
    Then I see the widget "Notepad"
    When I click the button "Clear Dashboard"
    And I click the button "Clear Dashboard"
    Then I do not see the widget "Notepad"
    And I see the text "Your dashboard is empty."

  Scenario: A template adds its widgets and takes none away
    When I click the button "Widgets"
    And I click the button "Dashboard templates"
    And I click the button "Patents and law"
    Then I see just these, in this order:
      | widget                              |
      | PATENTSCOPE                         |
      | Global Brand Database               |
      | Global Design Database              |
      | World Clock                         |
      | Quick Links                         |
      | Notepad                             |
      | International Patent Classification |
      | ePCT                                |
      | WIPO Lex                            |

  Scenario: Changing the view is remembered
    When I click the button "Widgets"
    And I click the button "Change view"
    And I click the link "IP Portal"
    And I open "/dashboard"
    Then the heading "PATENTSCOPE" is at the upper left of the window
    And the heading "Global Brand Database" is at the middle left of the window

  Scenario: Another person has another dashboard
    Given I click the button "Remove Notepad"
    And I click the button "Amara Diallo"
    And I click the menu item "Logout"
    When I am signed in as "bogdan"
    And I open "/dashboard"
    Then I see the widget "Notepad"
