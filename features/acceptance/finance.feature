Feature: Finance service
  When the Finance service is ill, a person is told so in plain words, keeps what was typed, and loses nothing.

  Rule: A pairing that can't be asked for pairs nothing and can be tried again

    Background:
      Given I am signed in as "amara"
      And I open "/pairing/distribution-reports"

    Scenario Outline: The Finance service is <ill>
      Given the Finance service is <ill>
      When I type "41207" into the text field "Office Customer ID"
      And I type "secret:access code of 41207" into the password field "Access Code"
      And I click the button "Submit"
      Then I see the text "<told> Nothing was paired. Try again in a few minutes."
      And the text field "Office Customer ID" holds "41207"
      And the password field "Access Code" is empty
      And the Finance service was asked for 1 pairing
      And I do not see the group "Customer ID 41207"
      Given the Finance service is well
      When I type "secret:access code of 41207" into the password field "Access Code"
      And I click the button "Submit"
      Then the text "41207" is in the upper right corner
      And the Finance service was asked for 1 pairing

      Examples:
        | ill                          | told                                                         |
        | down                         | The Finance service does not answer at the moment.           |
        | slow                         | The Finance service does not answer at the moment.           |
        | talking nonsense             | The Finance service gave an answer that cannot be used.      |
        | answering for another Office | The Finance service gave an answer that cannot be used.      |

    Scenario: A flapping service pairs when it is asked again
      Given the Finance service is flapping
      When I type "41207" into the text field "Office Customer ID"
      And I type "secret:access code of 41207" into the password field "Access Code"
      And I click the button "Submit"
      Then I see the text "The Finance service does not answer at the moment. Nothing was paired. Try again in a few minutes."
      When I type "secret:access code of 41207" into the password field "Access Code"
      And I click the button "Submit"
      Then the text "41207" is in the upper right corner
      And the Finance service was asked for 2 pairings

    Scenario: What fails for the service's sake counts as no wrong attempt
      Given the Finance service is down
      And I type "41207" into the text field "Office Customer ID"
      When I submit a wrong Access Code 6 times
      Then I see the text "The Finance service does not answer at the moment. Nothing was paired."
      And I do not see the text "Pairing is blocked"

    Scenario: What is wrong with the form of a code is told without asking the service
      Given the Finance service is down
      When I type "4120" into the text field "Office Customer ID"
      And I click the button "Submit"
      Then I see the text "An Office Customer ID has exactly 5 or 6 digits."
      And the Finance service was asked for 0 pairings

  Rule: What is paired stays paired while the service is ill

    Background:
      Given "chenwei" has paired "Distribution Reports" with the Office "180457"
      And I am signed in as "chenwei"

    Scenario Outline: The Finance service is <ill> while I read
      Given the Finance service is <ill>
      When I open "/dashboard"
      Then I see the text "<told>" in the widget "Distribution Reports (IP Offices)"
      And I do not see the button "Pair"
      And the text "180457" is in the upper right corner
      And I see the widget "Notepad"
      Given the Finance service is well
      When I open "/dashboard"
      And I choose "June" from the selection list "Month"
      Then I see the text "DR-2024-0611" in the widget "Distribution Reports (IP Offices)"

      Examples:
        | ill              | told                                                                               |
        | down             | The Finance service does not answer at the moment. Try again in a few minutes.     |
        | slow             | The Finance service does not answer at the moment. Try again in a few minutes.     |
        | talking nonsense | The Finance service gave an answer that cannot be used. Try again in a few minutes. |

    Scenario: A document can't be had while the service is down
      Given the Finance service is down
      When I open "/documents/distribution-reports/DR-2024-0611.pdf"
      Then I see the text "The Finance service does not answer at the moment. Try again in a few minutes."

    Scenario: A flapping service's documents come
      Given the Finance service is flapping
      When I open "/dashboard"
      And I choose "June" from the selection list "Month"
      Then I see the text "DR-2024-0611" in the widget "Distribution Reports (IP Offices)"
