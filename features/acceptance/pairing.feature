Feature: Pairing
  An account is paired with its Office by Customer ID and Access Code.

  Background:
    Given I am signed in as "amara"
    And the payments widget "Distribution Reports" is on my dashboard
    And I open "/dashboard"
    When I click the button "Pair" in the widget "Distribution Reports (IP Offices)"

  Scenario: The form says what it needs and how it works
    Then I see the text "Please enter your Office Customer ID and Access Code provided by WIPO and Submit."
    And I see the field with the placeholder "00000"
    And I see the button "Reset"
    And I see the heading "How does it work?"
    And I see the text "its financial documents open to you whenever you are logged in" in the region "How does it work?"

  Scenario: The right pair opens the widget and shows the Customer ID
    When I type "41207" into the text field "Office Customer ID"
    And I type "secret:access code of 41207" into the password field "Access Code"
    And I click the button "Submit"
    Then I see the text "No results were found. Please try another month or year." in the widget "Distribution Reports (IP Offices)"
    And the text "41207" is in the upper right corner
    And I see the widget "WIPO Pay Summary"

  Scenario Outline: <case> is told beside the field
    When I type "<customer id>" into the text field "Office Customer ID"
    And I type "<access code>" into the password field "Access Code"
    And I click the button "Submit"
    Then I see the text "<told>"
    And the text field "Office Customer ID" holds "<customer id>"

    Examples:
      | case                      | customer id | access code                 | told                                                            |
      | A short Customer ID       | 4120        | secret:access code of 41207 | An Office Customer ID has exactly 5 or 6 digits.                |
      | A letter in the ID        | 4120A       | secret:access code of 41207 | An Office Customer ID has exactly 5 or 6 digits.                |
      | A code without a letter   | 41207       | 12345678                    | An Access Code holds both letters and digits, and nothing else. |

  Scenario Outline: <case> gets the one answer
    When I type "<customer id>" into the text field "Office Customer ID"
    And I type "<access code>" into the password field "Access Code"
    And I click the button "Submit"
    Then I see the text "This Office Customer ID and this Access Code do not belong together. Check both and try again."
    And the text field "Office Customer ID" holds "<customer id>"
    And the password field "Access Code" is empty

    Examples:
      | case                   | customer id | access code                  |
      | A wrong ID             | 99999       | secret:access code of 41207  |
      | A wrong code           | 41207       | A7K2M9QY                     |
      | Another case           | 41207       | a7k2m9qx                     |
      | Another Office's code  | 41207       | secret:access code of 180457 |

  Scenario: Reset empties both fields and sends nothing
    When I type "41207" into the text field "Office Customer ID"
    And I type "12345678" into the password field "Access Code"
    And I click the button "Reset"
    Then the text field "Office Customer ID" is empty
    And the password field "Access Code" is empty
    And I do not see the text "An Access Code holds"

  Scenario: Repeated wrong attempts are blocked and lead to the Finance Infoline
    When I type "41207" into the text field "Office Customer ID"
    And I submit a wrong Access Code 6 times
    Then I see the text "Pairing is blocked after several wrong attempts."
    When I click the link "Finance Infoline" in "More about the portal"
    Then I see the text "help when pairing is blocked or does not work"
