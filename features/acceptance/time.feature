Feature: Time
  What is blocked opens again, and what is open ends, by the portal's own clock.

  Scenario: Repeated wrong passwords lock the account, and only for a while
    Given I open "/login"
    When I log in as "amara" with a wrong password 5 times
    And I type "amara" into the text field "Username"
    And I type "secret:password of amara" into the password field "Password"
    And I click the button "Login"
    Then I see the text "Too many wrong attempts. Wait 15 minutes before you try again."
    When 14 minutes pass
    And I type "secret:password of amara" into the password field "Password"
    And I click the button "Login"
    Then I see the text "Too many wrong attempts."
    When a minute passes
    And I type "secret:password of amara" into the password field "Password"
    And I click the button "Login"
    Then the button "Amara Diallo" is in the upper right corner

  Scenario: A locked account locks nobody else out
    Given I open "/login"
    When I log in as "amara" with a wrong password 5 times
    And I type "bogdan" into the text field "Username"
    And I type "secret:password of bogdan" into the password field "Password"
    And I click the button "Login"
    Then the button "Bogdan Petrov" is in the upper right corner

  Scenario: A session ends after a working day, and login leads back
    Given I am signed in as "amara"
    When 11 hours pass
    And I open "/dashboard"
    Then I see the heading "My IP Portal Dashboard"
    When an hour passes
    And I open "/account"
    Then I see the heading "Welcome to WIPO"
    When I type "amara" into the text field "Username"
    And I type "secret:password of amara" into the password field "Password"
    And I click the button "Login"
    Then I am at "/account"

  Scenario: What is submitted after the session's end pairs nothing and leads back through login
    Given I am signed in as "amara"
    And I open "/pairing/distribution-reports"
    When I type "41207" into the text field "Office Customer ID"
    And I type "secret:access code of 41207" into the password field "Access Code"
    And 12 hours pass
    And I click the button "Submit"
    Then I see the heading "Welcome to WIPO"
    And the Finance service was asked for 0 pairings
    When I type "amara" into the text field "Username"
    And I type "secret:password of amara" into the password field "Password"
    And I click the button "Login"
    Then I am at "/pairing/distribution-reports"
    And the text field "Office Customer ID" is empty

  Scenario Outline: The link for a new password, <later>
    Given I open "/accounts/forgotten-password"
    And I type "amara@arcadia.example" into the text field "E-mail"
    And I click the button "Send"
    When <later> pass
    And I open "/mailbox/1"
    And I click the link "Choose a new password"
    Then I see the heading "<heading>"

    Examples:
      | later      | heading                |
      | 59 minutes | Choose a new password  |
      | 60 minutes | This link has expired  |

  Scenario Outline: The link that confirms an address, <later>
    Given I open "/accounts/new"
    And I type "Eva Novák" into the text field "Name"
    And I type "eva@arcadia.example" into the text field "E-mail"
    And I type "Eva4" into the text field "Username"
    And I type "Practice1" into the password field "Password"
    And I click the button "Create account"
    When <later> pass
    And I open "/mailbox/1"
    And I click the link "Confirm my e-mail address"
    Then I see the heading "<heading>"

    Examples:
      | later    | heading               |
      | 23 hours | Your account is ready |
      | 24 hours | This link has expired |

  Scenario: Pairing is blocked for a while only
    Given I am signed in as "amara"
    And I open "/pairing/distribution-reports"
    And I type "41207" into the text field "Office Customer ID"
    When I submit a wrong Access Code 5 times
    Then I see the text "Pairing is blocked after several wrong attempts. Wait 15 minutes, or ask the Finance Infoline."
    When 14 minutes pass
    And I type "secret:access code of 41207" into the password field "Access Code"
    And I click the button "Submit"
    Then I see the text "Pairing is blocked"
    And the Finance service was asked for 5 pairings
    When a minute passes
    And I type "secret:access code of 41207" into the password field "Access Code"
    And I click the button "Submit"
    Then the text "41207" is in the upper right corner

  Scenario: The World Clock shows the portal's time
    Given it is "2024-12-31T23:59[Europe/Zurich]"
    And I am signed in as "amara"
    When I open "/dashboard"
    Then I see the text "23:59" in the widget "World Clock"
    When a minute passes
    And I open "/dashboard"
    Then I see the text "00:00" in the widget "World Clock"
    And I see the text "January 1, 2025" in the widget "World Clock"
