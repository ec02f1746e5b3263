Feature: Login
  A person logs in with a WIPO Account and is led to where they wanted to go.

  Scenario: The login page says what it is for and offers help
    Given I open "/"
    Then the link "IP Portal login" is in the upper right corner
    When I click the link "IP Portal login"
    Then I am at "/login"
    And I see the heading "Welcome to WIPO"
    And I see the text "Login with your WIPO Account to access WIPO's online IP services"
    And I see the button "Login"
    And I see the link "Create WIPO Account"
    And I see the link "Forgot your username?"
    And I see the link "Forgot your password?"

  Scenario: The right username and password lead in
    Given I open "/login"
    When I type "amara" into the text field "Username"
    And I type "secret:password of amara" into the password field "Password"
    And I click the button "Login"
    Then the button "Amara Diallo" is in the upper right corner
    And I do not see the link "IP Portal login"

  Scenario Outline: <case> gets the one error, and the username is kept
    Given I open "/login"
    When I type "<username>" into the text field "Username"
    And I type "<password>" into the password field "Password"
    And I click the button "Login"
    Then I see the text "The username or the password is wrong. Check both and try again."
    And the text field "Username" holds "<username>"
    And the password field "Password" is empty
    And I do not see the button "Amara Diallo"

    Examples:
      | case             | username | password      |
      | A wrong password | amara    | Training2023  |
      | An unknown user  | nobody   | Training2023  |

  Scenario: A page asked for while signed out comes after login
    Given I open "/dashboard"
    Then I see the heading "Welcome to WIPO"
    When I type "bogdan" into the text field "Username"
    And I type "secret:password of bogdan" into the password field "Password"
    And I press the key "Enter"
    Then I see the heading "My IP Portal Dashboard"
    And I am at "/dashboard"

  Scenario: The name menu works by keyboard
    Given I am signed in as "amara"
    When I click the button "Amara Diallo"
    Then I see just these, in this order:
      | menu item              |
      | My IP Portal Dashboard |
      | My WIPO account        |
      | Logout                 |
    When I press the key "Escape"
    Then I do not see the menu item "Logout"
    When I press the key "Arrow Down"
    And I press the key "Enter"
    Then I see the heading "My IP Portal Dashboard"

  Scenario: Logging out leads out
    Given I am signed in as "amara"
    When I click the button "Amara Diallo"
    And I click the menu item "Logout"
    Then I see the link "IP Portal login"
    When I open "/dashboard"
    Then I see the heading "Welcome to WIPO"
