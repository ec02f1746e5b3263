Feature: Streamlit

  Background:
    Given I open "/"
    Then I see the heading "Tides"

  Scenario: A name is greeted
    When I type "Ida" into the text field "Your name"
    And I press the key "Enter"
    Then I see the text "Welcome aboard, Ida. Your crew: 2."

  Scenario: Another pier is chosen
    When I choose "West pier" from the selection list "Pier"
    And I click the button "Compute"
    Then I see the text "High tide at West pier in 6 hours, in metres"

  Scenario: The unit is chosen
    When I click the radio button "Feet"
    And I click the button "Compute"
    Then I see the text "High tide at East pier in 6 hours, in feet"

  Scenario: Hours are set by the keyboard
    When I click the slider "Hours ahead"
    And I press the key "ArrowRight"
    And I press the key "Home"
    And I click the button "Compute"
    Then I see the text "High tide at East pier in 1 hours"

  Scenario: The crew grows
    When I type "5" into the field "Crew"
    And I type "Ole" into the text field "Your name"
    And I press the key "Enter"
    Then I see the text "Welcome aboard, Ole. Your crew: 5."
    When I click the button "Increment"
    Then I see the text "Your crew: 6"

  Scenario: Gear is taken along
    When I choose "Flares" from the selection list "Gear"
    Then I see the text "You take: Flares"

  Scenario: The table is shown, and a chapter opened
    When I tick the check box "Show the table"
    Then I see the cell "West pier"
    When I click the text "How it is computed"
    Then I see the text "By harmonic analysis."
    When I click the tab "Tomorrow"
    Then I see the text "1.7 m"

  Scenario: A report without a remark is refused
    When I click the button "Send the report"
    Then I see the text "Please write a remark"
    When I type "Calm sea" into the text field "Remark"
    And I tick the check box "Publish it"
    And I click the button "Send the report"
    Then I see the text "Thank you"
    And I do not see the text "Please write a remark"
