@tutorial
Feature: Look up the tide
  For everybody who sails.

  Scenario: When is high tide?
    Given I open "/"
    Then I look at the heading "Tides"
      """
      This page knows the tides of three piers.
      """
    When I choose "Old harbour" from the selection list "Pier"
      """
      Choose your pier.
      """
    When I click the radio button "Feet"
      """
      Choose feet if you like.
      """
    When I type "Ida" into the text field "Your name"
      """
      Write your name.
      """
    When I click the button "Compute"
      """
      Click "Compute".
      """
    Then I look at the text "High tide at Old harbour in 6 hours, in feet"
      """
      There it is.
      """
