Feature: Pairing
  An account is paired with its Office by Customer ID and Access Code.

  Rule: The form says what it needs, what is wrong, and nothing that helps guessing

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
        | A long Customer ID        | 4120712     | secret:access code of 41207 | An Office Customer ID has exactly 5 or 6 digits.                |
        | A sign in the ID          | +41207      | secret:access code of 41207 | An Office Customer ID has exactly 5 or 6 digits.                |
        | Digits that are not ASCII | ٤١٢٠٧       | secret:access code of 41207 | An Office Customer ID has exactly 5 or 6 digits.                |
        | Zeros left out            | 731         | secret:access code of 00731 | An Office Customer ID has exactly 5 or 6 digits.                |
        | No Customer ID            |             | secret:access code of 41207 | Enter your Office Customer ID.                                  |
        | A code without a letter   | 41207       | 12345678                    | An Access Code holds both letters and digits, and nothing else. |
        | A code without a digit    | 41207       | ABCDEFGH                    | An Access Code holds both letters and digits, and nothing else. |
        | A code with a sign        | 41207       | A7K2-M9QX                   | An Access Code holds both letters and digits, and nothing else. |
        | No code                   | 41207       |                             | Enter your Access Code.                                         |

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
        | A zero too many        | 041207      | secret:access code of 41207  |

    Scenario: Reset empties both fields and sends nothing
      When I type "41207" into the text field "Office Customer ID"
      And I type "12345678" into the password field "Access Code"
      And I click the button "Reset"
      Then the text field "Office Customer ID" is empty
      And the password field "Access Code" is empty
      And I do not see the text "An Access Code holds"
      And the Finance service was asked for 0 pairings

    Scenario: A wrong form counts as no attempt
      When I type "4120" into the text field "Office Customer ID"
      And I submit a wrong Access Code 6 times
      Then I see the text "An Office Customer ID has exactly 5 or 6 digits."
      And the Finance service was asked for 0 pairings
      When I type "41207" into the text field "Office Customer ID"
      And I type "secret:access code of 41207" into the password field "Access Code"
      And I click the button "Submit"
      Then the text "41207" is in the upper right corner

    Scenario: Repeated wrong attempts are blocked and lead to the Finance Infoline
      When I type "41207" into the text field "Office Customer ID"
      And I submit a wrong Access Code 6 times
      Then I see the text "Pairing is blocked after several wrong attempts."
      When I click the link "Finance Infoline" in "More about the portal"
      Then I see the text "help when pairing is blocked or does not work"

  Rule: An Office's ID and code are what they are, to the letter, and every colleague's

    Scenario Outline: <person> pairs with the Customer ID <customer id>
      Given I am signed in as "<person>"
      And I open "/pairing/annual-contributions"
      When I type "<customer id>" into the text field "Office Customer ID"
      And I type "secret:access code of <customer id>" into the password field "Access Code"
      And I click the button "Submit"
      Then the text "<customer id>" is in the upper right corner

      Examples:
        | person  | customer id |
        | amara   | 41207       |
        | chenwei | 180457      |
        | dolores | 00731       |

    Scenario: A code is not used up: the second colleague pairs with it
      Given "amara" has paired "Distribution Reports" with the Office "41207"
      And I am signed in as "bogdan"
      And I open "/pairing/distribution-reports"
      When I type "41207" into the text field "Office Customer ID"
      And I type "secret:access code of 41207" into the password field "Access Code"
      And I click the button "Submit"
      Then the text "41207" is in the upper right corner

    Scenario: An account is personal: a colleague's pairing opens nothing to me
      Given "amara" has paired "Distribution Reports" with the Office "41207"
      And I am signed in as "bogdan"
      When I open "/dashboard"
      Then I do not see the group "Customer ID 41207"
      When I open "/pairing/distribution-reports"
      Then I see the button "Submit"

    Scenario: A colleague's wrong attempts block nobody else
      Given I am signed in as "bogdan"
      And I open "/pairing/distribution-reports"
      And I type "41207" into the text field "Office Customer ID"
      And I submit a wrong Access Code 5 times
      And I see the text "Pairing is blocked"
      When I click the button "Bogdan Petrov"
      And I click the menu item "Logout"
      Given I am signed in as "amara"
      And I open "/pairing/distribution-reports"
      When I type "41207" into the text field "Office Customer ID"
      And I type "secret:access code of 41207" into the password field "Access Code"
      And I click the button "Submit"
      Then the text "41207" is in the upper right corner

  Rule: Both widgets pair in the same way, each on its own or both at once

    Scenario Outline: Each widget is paired on its own: <paired>
      Given each widget is paired on its own
      And "amara" has paired "<paired>" with the Office "41207"
      And I am signed in as "amara"
      And the payments widget "<other>" is on my dashboard
      When I open "/dashboard"
      Then I do not see the button "Pair" in the widget "<paired widget>"
      And I see the text "<unpaired>" in the widget "<other widget>"
      And I see the button "Pair" in the widget "<other widget>"

      Examples:
        | paired               | paired widget                             | other                | other widget                              | unpaired                                       |
        | Distribution Reports | Distribution Reports (IP Offices)         | Annual Contributions | Annual Contributions (WIPO - UPOV Members) | Your account isn't paired to your Member State |
        | Annual Contributions | Annual Contributions (WIPO - UPOV Members) | Distribution Reports | Distribution Reports (IP Offices)         | Your account isn't paired to your Office       |

    Scenario: One pairing opens every widget
      Given one pairing opens every widget
      And I am signed in as "amara"
      And the payments widget "Distribution Reports" is on my dashboard
      And the payments widget "Annual Contributions" is on my dashboard
      And I open "/pairing/annual-contributions"
      When I type "41207" into the text field "Office Customer ID"
      And I type "secret:access code of 41207" into the password field "Access Code"
      And I click the button "Submit"
      Then I see the text "Please try another month or year." in the widget "Distribution Reports (IP Offices)"
      And I see the text "Please try another organization or year." in the widget "Annual Contributions (WIPO - UPOV Members)"
      And I do not see the button "Pair"

  Rule: A pairing lasts

    Background:
      Given "amara" has paired "Distribution Reports" with the Office "41207"
      And I am signed in as "amara"

    Scenario: It survives logging out
      When I click the button "Amara Diallo"
      And I click the menu item "Logout"
      Then I do not see the text "41207"
      Given I am signed in as "amara"
      When I open "/dashboard"
      Then the text "41207" is in the upper right corner
      And I see the text "No results were found." in the widget "Distribution Reports (IP Offices)"

    Scenario: It survives taking the widget off the dashboard
      Given I open "/dashboard?panel=open"
      And I click the button "Payments"
      When I click the check box "Distribution Reports"
      Then I do not see the widget "Distribution Reports (IP Offices)"
      When I click the check box "Distribution Reports"
      Then I see the text "No results were found." in the widget "Distribution Reports (IP Offices)"

    Scenario: It survives the session's end
      When 12 hours pass
      Given I am signed in as "amara"
      Then the text "41207" is in the upper right corner

    Scenario: Whoever is paired already is told so instead of asked again
      When I open "/pairing/distribution-reports"
      Then I see the text "Your account is paired with the Office whose Customer ID is 41207."
      And I do not see the button "Submit"
