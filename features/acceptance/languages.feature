Feature: Languages
  The portal speaks the language that a person chose, and until they choose, the one their browser asks for.

  Scenario: A visitor chooses French
    Given I open "/help"
    When I click the link "Choose the language of the portal"
    And I click the button "Français"
    Then I am at "/help"
    And I see the heading "Aide"
    And I see the link "Langue : Français"
    And I see the link "Connexion au portail de PI"

  Scenario: The header leads to the languages, signed in or not
    Given I open "/login"
    When I click the link "Language: English"
    And I click the button "Français"
    Then I am at "/login"
    When I click the link "Langue : Français"
    And I click the button "English"
    And I am signed in as "amara"
    And I open "/dashboard"
    And I click the link "Language: English"
    And I click the button "Français"
    Then I am at "/dashboard"

  Scenario: French stays after logout and login
    Given I am signed in as "amara"
    And I open "/language"
    When I click the button "Français"
    And I open "/dashboard"
    Then I see the heading "Mon tableau de bord du portail de PI"
    When I click the button "Amara Diallo"
    And I click the menu item "Se déconnecter"
    Then I see the link "Connexion au portail de PI"
    When I click the link "Connexion au portail de PI"
    And I type "amara" into the text field "Nom d’utilisateur"
    And I type "secret:password of amara" into the password field "Mot de passe"
    And I click the button "Se connecter"
    And I open "/dashboard"
    Then I see the heading "Mon tableau de bord du portail de PI"

  Scenario: Arabic is read from right to left
    Given I am signed in as "amara"
    And I open "/language"
    When I click the button "العربية"
    And I open "/dashboard"
    Then I see the heading "لوحة متابعتي في بوابة الملكية الفكرية"
    And the button "الأدوات" is in the upper right corner
    And I see the text "2 يوليو 2024"

  Scenario: Back to English from another language
    Given I open "/language"
    When I click the button "العربية"
    And I click the link "اللغة: العربية"
    And I click the button "English"
    Then I see the link "IP Portal login"

  Scenario: A dashboard in French pairs as it does in English
    Given I am signed in as "amara"
    And I open "/language"
    When I click the button "Français"
    And I open "/pairing/distribution-reports"
    And I type "41207" into the text field "Identifiant client de l’Office"
    And I type "secret:access code of 41207" into the password field "Code d’accès"
    And I click the button "Valider"
    Then I am at "/dashboard"
    And I see the group "Identifiant client 41207"
