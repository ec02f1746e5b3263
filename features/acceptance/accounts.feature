Feature: Accounts
  A person creates a WIPO Account, and gets back in when the username or the password is forgotten.

  Rule: A new account works once its link has been followed

    Background:
      Given I open "/login"
      When I click the link "Create WIPO Account"
      And I type "Eva Novák" into the text field "Name"
      And I type "eva@arcadia.example" into the text field "E-mail"
      And I type "Eva4" into the text field "Username"
      And I type "Practice1" into the password field "Password"

    Scenario: Created, confirmed, logged in
      When I click the button "Create account"
      Then I see the heading "Look into your mailbox"
      When I click the link "Open the mailbox"
      Then I see the text "This mailbox belongs to the training mock."
      When I click the link "Confirm your e-mail address"
      Then I see the text "Hello Eva Novák,"
      When I click the link "Confirm my e-mail address"
      Then I see the heading "Your account is ready"
      When I click the link "Login"
      And I type "Eva4" into the text field "Username"
      And I type "Practice1" into the password field "Password"
      And I click the button "Login"
      Then the button "Eva Novák" is in the upper right corner

    Scenario: Before the link is followed the account does not work
      When I click the button "Create account"
      And I open "/login"
      And I type "Eva4" into the text field "Username"
      And I type "Practice1" into the password field "Password"
      And I click the button "Login"
      Then I see the text "Your account does not work yet. Follow the link in the mail that was sent to you."

    Scenario: The link works once
      When I click the button "Create account"
      And I open "/mailbox/1"
      And I click the link "Confirm my e-mail address"
      Then I see the heading "Your account is ready"
      When I open "/mailbox/1"
      And I click the link "Confirm my e-mail address"
      Then I see the heading "This link has been used already"

    Scenario Outline: <case> is told beside the field
      When I type "<typed>" into the text field "<field>"
      And I click the button "Create account"
      Then I see the text "<told>"
      And the text field "<field>" holds "<typed>"
      And the password field "Password" is empty

      Examples:
        | case                    | field    | typed  | told                                                                     |
        | No name                 | Name     |        | Enter your name.                                                         |
        | A mail address of words | E-mail   | eva    | An e-mail address looks like name@example.org.                           |
        | A short username        | Username | Eva    | A username has at least 4 characters.                                    |
        | Another sign            | Username | Eva_4  | A username holds Latin letters (A to Z) and digits, and nothing else.    |
        | Another alphabet        | Username | Евва   | A username holds Latin letters (A to Z) and digits, and nothing else.    |
        | A taken username        | Username | amara  | Somebody has this username already. Choose another one.                  |
        | It in capital letters   | Username | AMARA  | Somebody has this username already. Choose another one.                  |

    Scenario Outline: <case> is told beside the password
      When I type "<typed>" into the password field "Password"
      And I click the button "Create account"
      Then I see the text "<told>"
      And the text field "Username" holds "Eva4"
      And the password field "Password" is empty

      Examples:
        | case               | typed        | told                                    |
        | A short password   | Short1       | A password has at least 8 characters.   |
        | One without digits | NoDigitsHere | A password has at least one digit.      |

    Scenario: An address has one account, and its owner is told by mail
      When I type "amara@arcadia.example" into the text field "E-mail"
      And I click the button "Create account"
      Then I see the heading "Look into your mailbox"
      When I click the link "Open the mailbox"
      Then I see the link "You have a WIPO Account already"
      And I do not see the link "Confirm your e-mail address"

  Rule: What was forgotten comes by mail

    Scenario: A forgotten username
      Given I open "/login"
      When I click the link "Forgot your username?"
      And I type "amara@arcadia.example" into the text field "E-mail"
      And I click the button "Send"
      Then I see the text "If a WIPO Account belongs to the address, the mail says its username."
      When I click the link "Open the mailbox"
      And I click the link "Your username"
      Then I see the text "The username of your WIPO Account is amara."

    Scenario Outline: An unknown address gets the same answer: forgotten <what>
      Given I open "/accounts/forgotten-<what>"
      When I type "nobody@arcadia.example" into the text field "E-mail"
      And I click the button "Send"
      Then I see the heading "Look into your mailbox"
      And I see the text "If a WIPO Account belongs to the address"

      Examples:
        | what     |
        | username |
        | password |

    Scenario: What is no address is told beside the field
      Given I open "/accounts/forgotten-password"
      When I type "amara" into the text field "E-mail"
      And I click the button "Send"
      Then I see the text "An e-mail address looks like name@example.org."
      And the text field "E-mail" holds "amara"

    Scenario: A forgotten password is replaced, once for each link
      Given I open "/login"
      When I click the link "Forgot your password?"
      And I type "amara@arcadia.example" into the text field "E-mail"
      And I click the button "Send"
      And I click the link "Open the mailbox"
      And I click the link "A new password"
      And I click the link "Choose a new password"
      Then I see the text "For the WIPO Account with the username amara."
      When I type "Short1" into the password field "New password"
      And I click the button "Change password"
      Then I see the text "A password has at least 8 characters."
      When I type "Changed2025" into the password field "New password"
      And I click the button "Change password"
      Then I see the heading "Your password is changed"
      When I click the link "Login"
      And I type "amara" into the text field "Username"
      And I type "Changed2025" into the password field "Password"
      And I click the button "Login"
      Then the button "Amara Diallo" is in the upper right corner
      When I open "/mailbox/1"
      And I click the link "Choose a new password"
      Then I see the heading "This link has been used already"
      And I see the link "Ask for a new link"

  Rule: My WIPO account is mine

    Scenario: It shows who I am
      Given I am signed in as "amara"
      When I click the button "Amara Diallo"
      And I click the menu item "My WIPO account"
      Then I see the heading "My WIPO account"
      And I see the text "amara@arcadia.example"

    Scenario: I change my password
      Given I am signed in as "amara"
      And I open "/account"
      When I click the link "Change password"
      And I type "secret:password of amara" into the password field "Current password"
      And I type "Changed2025" into the password field "New password"
      And I click the button "Change password"
      Then I see the heading "Your password is changed"
      When I click the link "My WIPO account"
      Then I see the heading "My WIPO account"

    Scenario: Changing it needs the current one
      Given I am signed in as "amara"
      And I open "/account/password"
      When I type "Training2025" into the password field "Current password"
      And I type "Changed2025" into the password field "New password"
      And I click the button "Change password"
      Then I see the text "This is not your current password."
      And the password field "Current password" is empty
