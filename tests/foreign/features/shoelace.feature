Feature: Shoelace

  Background:
    Given I open "/"
    Then I see the heading "Launch control"

  Scenario: A launch is planned
    When I type "Ada" into the text field "Pilot"
    And I choose "Saturn" from the selection list "Planet"
    And I click the radio button "High"
    And I click the button "Plan the launch"
    Then I see the text "Ada flies to s, high orbit"
    And I see the alert "Launch planned"

  Scenario: A pilot is required
    When I click the button "Plan the launch"
    Then I see the text "Waiting"
    And I do not see the text "Launch planned"
    And the text field "Pilot" is empty

  Scenario: The engine was tested
    When I tick the check box "Engine tested"
    Then the check box "Engine tested" is ticked
    When I untick the check box "Engine tested"
    Then the check box "Engine tested" is not ticked

  Scenario: It lands by itself
    When I tick the switch "Automatic landing"
    Then the switch "Automatic landing" is ticked

  Scenario: The launch is aborted
    When I click the button "Abort"
    Then I see the dialog "Abort the launch?"
    When I click the button "Yes, abort" in the dialog "Abort the launch?"
    Then I do not see the dialog "Abort the launch?"
    And I see the status "Aborted"

  Scenario: The mission is archived
    When I click the button "Mission"
    And I click the menu item "Archive"
    Then I see the text "Mission: archive"

  Scenario: The cargo has a tab, the weather a fold
    When I click the tab "Cargo"
    Then I see the text "Two tons of bread"
    And I do not see the text "Three people"
    When I click the button "Weather"
    Then I see the text "wind from the west"

  Scenario: Thrust and notes
    When I click the slider "Thrust"
    And I press the key "End"
    Then the slider "Thrust" holds "100"
    When I type "Bring bread" into the text field "Notes"
    Then the text field "Notes" holds "Bring bread"
