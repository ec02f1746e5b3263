@tutorial
Feature: Boats in the harbour's administration
  For the people of the harbour office.

  Scenario: Note a boat's check
    Given I open "/admin/"
    When I type "master" into the text field "Username"
      """
      Sign in with your own username and password.
      """
    And I type "secret:harbour" into the password field "Password"
    And I click the button "Log in"
    When I click the link "Boats"
      """
      Click "Boats". Beside it, "Add" would add one.
      """
    When I click the link "Swan"
      """
      Click the boat's name.
      """
    When I choose "Kayak" from the selection list "Kind"
      """
      Choose the kind, and tick the boat if it can sail.
      """
    And I tick the check box "Ready to sail"
    When I click the button "Save"
      """
      Save.
      """
    Then I look at the text "was changed successfully"
      """
      The boat is saved.
      """
