@tutorial
Feature: Pairing
  This tutorial is for colleagues of IP Offices who want to see their Office's financial documents in the IP Portal. It shows
  how to log in, put two widgets on your dashboard, and pair them with your Office.

  You need a WIPO Account of your own, and your Office's Customer ID and Access Code.

  Scenario: Pair your WIPO Account with your IP Office
    Given I open "/"
    Then the link "IP Portal login" is in the upper right corner
      """
      Open the IP Portal. In the upper right corner of the page, click "IP Portal login".
      """
    When I click the link "IP Portal login"

    When I type "amara" into the text field "Username"
      """
      Enter the username and the password of your own WIPO Account.

      If you have no account yet, or have forgotten your username or your password, follow one of the links below the form.
      """
    And I type "secret:password of amara" into the password field "Password"
    Then I see the heading "Welcome to WIPO"
    And I see the text "Login with your WIPO Account to access WIPO's online IP services"
    And I see the link "Create WIPO Account"
    And I see the link "Forgot your username?"
    And I see the link "Forgot your password?"

    When I click the button "Login"
      """
      Click "Login".
      """

    Then the button "Amara Diallo" is in the upper right corner
      """
      You are logged in: your name is in the upper right corner. Click it to open the menu.
      """
    When I click the button "Amara Diallo"

    When I click the menu item "My IP Portal Dashboard"
      """
      In the menu, click "My IP Portal Dashboard".
      """

    Then I see the heading "My IP Portal Dashboard"
      """
      This is your dashboard. At first it holds six widgets: PATENTSCOPE, Global Brand Database, Global Design Database,
      World Clock, Quick Links and Notepad.

      With "Give us feedback" you can tell us what you think of it.
      """
    And I see just these, in this order:
      | widget                 |
      | PATENTSCOPE            |
      | Global Brand Database  |
      | Global Design Database |
      | World Clock            |
      | Quick Links            |
      | Notepad                |
    And I look at the heading "My IP Portal Dashboard"
    And I look at the link "Give us feedback"

    Then the button "Widgets" is at the upper left of the window
      """
      To add widgets, click "Widgets" on the left.
      """
    When I click the button "Widgets"

    Then I see the button "Payments" in the panel "Widgets"
      """
      The widgets come in categories, from Patents to General. The ones we need are under "Payments": click it.
      """
    And I see the button "Patents" in the panel "Widgets"
    And I see the button "General" in the panel "Widgets"
    When I click the button "Payments" in the panel "Widgets"

    When I tick the check box "Distribution Reports"
      """
      Six widgets open up. Tick "Distribution Reports" and "Annual Contributions": each is on your dashboard at once.
      """
    And I tick the check box "Annual Contributions"
    Then I see just these in the panel "Widgets", in this order:
      | check box                       |
      | WIPO Pay Summary                |
      | Current Account at WIPO Summary |
      | WIPO Pay Details                |
      | Current Account at WIPO Details |
      | Distribution Reports            |
      | Annual Contributions            |
    And I see the widget "Distribution Reports (IP Offices)"
    And I see the widget "Annual Contributions (WIPO - UPOV Members)"

    Then I look at the widget "Distribution Reports (IP Offices)"
      """
      Both widgets are on the dashboard, but they are not paired yet: neither knows which Office you work for.
      """
    And I look at the widget "Annual Contributions (WIPO - UPOV Members)"
    And I see the text "Your account isn't paired to your Office" in the widget "Distribution Reports (IP Offices)"
    And I see the text "Your account isn't paired to your Member State" in the widget "Annual Contributions (WIPO - UPOV Members)"

    When I click the button "Pair" in the widget "Distribution Reports (IP Offices)"
      """
      In "Distribution Reports (IP Offices)", click "Pair".
      """

    When I type "41207" into the text field "Office Customer ID"
      """
      Enter your Office Customer ID and your Access Code, which WIPO has given to your Office. All its colleagues share them.

      If you do not have them, ask the Finance Infoline.
      """
    And I type "secret:access code of 41207" into the password field "Access Code"
    Then I see the text "Please enter your Office Customer ID and Access Code provided by WIPO and Submit."
    And I see the text "which all its colleagues share" in the region "How does it work?"
    And I see the text "You do not have them?"
    And I see the link "Ask the Finance Infoline"

    When I click the button "Submit"
      """
      Click "Submit". Then pair "Annual Contributions (WIPO - UPOV Members)" in the same way.
      """
    Then off camera, I do not see the button "Pair" in the widget "Distribution Reports (IP Offices)"
    When off camera, I click the button "Pair" in the widget "Annual Contributions (WIPO - UPOV Members)"
    And off camera, I type "41207" into the text field "Office Customer ID"
    And off camera, I type "secret:access code of 41207" into the password field "Access Code"
    And off camera, I click the button "Submit"

    Then I do not see the button "Pair"
      """
      Your dashboard shows what the widgets hold. "Distribution Reports" and "Annual Contributions" let you choose a kind of
      document and a period; "WIPO Pay Summary" counts your Office's payments.

      Where nothing has been issued for the period, the widget says so.
      """
    And I look at the widget "Distribution Reports (IP Offices)"
    And I look at the widget "Annual Contributions (WIPO - UPOV Members)"
    And I look at the widget "WIPO Pay Summary"
    And I see the text "Unpaid" in the widget "WIPO Pay Summary"
    And I see the text "Basket" in the widget "WIPO Pay Summary"
    And I see the text "Pending" in the widget "WIPO Pay Summary"
    And I see the text "Payment History" in the widget "WIPO Pay Summary"
    And I see the selection list "Type of document" in the widget "Distribution Reports (IP Offices)"
    And I see the selection list "Month" in the widget "Distribution Reports (IP Offices)"
    And I see the selection list "Year" in the widget "Distribution Reports (IP Offices)"
    And I see the selection list "Document" in the widget "Annual Contributions (WIPO - UPOV Members)"
    And I see the selection list "Year" in the widget "Annual Contributions (WIPO - UPOV Members)"
    And I see the text "No results were found. Please try another month or year." in the widget "Distribution Reports (IP Offices)"
    And I see the text "No results were found. Please try another organization or year." in the widget "Annual Contributions (WIPO - UPOV Members)"

    Then I look at the group "Customer ID 41207"
      """
      From now on the upper right corner shows your Office's Customer ID beside your name: you are paired, and stay so when you
      log out and in again.
      """
    And I look at the button "Amara Diallo"
    And the group "Customer ID 41207" is in the upper right corner
    And the button "Amara Diallo" is in the upper right corner

    When off camera, I click the button "Amara Diallo"
    And off camera, I click the menu item "Logout"
    And off camera, I am signed in as "amara"
    Then off camera, I see the group "Customer ID 41207"

    When off camera, I open "/tutorials"
    Then off camera, I see the link "More videos at wipo.int"
    When off camera, I open "/finance-infoline"
    Then off camera, I see the text "your Office Customer ID and your Access Code"
    And off camera, I see the text "help when pairing is blocked or does not work"
    When off camera, I open "/scam-awareness"
    Then I see the heading "Scam awareness"
      """
      If something is wrong or does not work, ask the Finance Infoline. More tutorials are at wipo.int; "Tutorials", at the
      foot of every page, leads there.

      Beware of scams: be careful with phone calls, e-mails and text messages that claim to come from WIPO. Never tell
      anybody your password or your Access Code.
      """
    And I see the text "phone calls, e-mails and text messages"
    And I see the text "Never tell anybody your password or your Access Code"
    And I look at the link "Finance Infoline"
    And I look at the link "Tutorials"
    And I look at the heading "Scam awareness"
