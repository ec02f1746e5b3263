@tutorial
Feature: Plan a launch
  For mission control.

  Scenario: Plan a launch to Mars
    Given I open "/"
    When I type "Ada" into the text field "Pilot"
      """
      Enter the pilot's call sign.
      """
    When I choose "Mars" from the selection list "Planet"
      """
      Choose the planet.
      """
    When I tick the check box "Engine tested"
      """
      Tick this once the engine was tested, and choose the orbit.
      """
    And I click the radio button "High"
    When I click the button "Plan the launch"
      """
      Plan it.
      """
    Then I look at the alert "Launch planned"
      """
      The launch is planned.
      """
