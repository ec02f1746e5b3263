Feature: Documents
  Whoever is paired with an Office finds its reports and invoices and takes them along as files.

  Background:
    Given I am signed in as "chenwei"
    And I open "/dashboard?panel=open"
    And I click the button "Payments"

  Scenario: Reports of 2023 and 2024 are listed by month and year
    When I tick the check box "Distribution Reports"
    And I click the button "Pair" in the widget "Distribution Reports (IP Offices)"
    And I type "180457" into the text field "Office Customer ID"
    And I type "secret:access code of 180457" into the password field "Access Code"
    And I click the button "Submit"
    And I choose "June" from the selection list "Month"
    Then I see the text "DR-2024-0611" in the widget "Distribution Reports (IP Offices)"
    And I see the text "CHF 16,104.25"
    And I see the link "Download DR-2024-0611.pdf"
    And I see the link "Download DR-2024-0611.xlsx"
    And I see the link "Download DR-2024-0611.csv"
    And I see the link "Download DR-2024-0611.xml"
    When I choose "2023" from the selection list "Year"
    Then I see the text "No results were found. Please try another month or year."
    When I choose "December" from the selection list "Month"
    Then I see the text "DR-2023-1211"
    And I do not see the text "DR-2023-1212"
    When I choose "PCT" from the selection list "Type of document"
    Then I see the text "DR-2023-1212"
    And I see the link "Download DR-2023-1212.pdf"
