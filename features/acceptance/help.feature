Feature: Help
  Whoever needs help finds it without leaving the portal.

  Scenario: Every page says that it is a training mock
    Given I open "/"
    Then I see the text "Training mock: this is not the real IP Portal"

  Scenario Outline: "<link>" at the foot of the page leads to help
    Given I open "/"
    When I click the link "<link>" in "More about the portal"
    Then I see the heading "<link>"
    And I see the text "<text>"

    Examples:
      | link             | text                                   |
      | Finance Infoline | your Office Customer ID                |
      | Tutorials        | More videos at wipo.int                |
      | Scam awareness   | phone calls, e-mails and text messages |

  Scenario: A link out of the portal stays in it and says where it would go
    Given I open "/tutorials"
    When I click the link "More videos at wipo.int"
    Then I see the text "https://www.wipo.int"

  Scenario: Feedback is a small form, and its mail lands in the mailbox
    Given I am signed in as "amara"
    And I open "/dashboard"
    When I click the link "Give us feedback"
    And I click the button "Send"
    Then I see the text "Write what you would like to say."
    When I type "The widgets help." into the text field "Your feedback"
    And I click the button "Send"
    Then I see the heading "Thank you for your feedback"
    When I click the link "Open the mailbox"
    And I click the link "Feedback on the IP Portal"
    Then I see the text "The widgets help."
    And I see the text "Amara Diallo"
