Feature: MUI

  Background:
    Given I open "/"
    Then I see the heading "Bakery"

  Scenario: An order is placed
    When I click the button "New order"
    And I choose "Plum tart" from the selection list "Product" in the dialog "New order"
    And I type "3" into the text field "Amount"
    And I click the button "Place order"
    Then I see the text "Order placed"
    And I see the cell "3" in the row "Plum tart"

  Scenario: A town is completed
    When I click the button "New order"
    And I choose "Chur" from the selection list "Town"
    Then the field "Town" holds "Chur"

  Scenario: A wrong amount is marked
    When I click the button "New order"
    And I type "0" into the text field "Amount"
    Then I see the text "At least one"
    When I type "4" into the text field "Amount"
    Then I do not see the text "At least one"

  Scenario: A loaf is sliced, and the order cancelled
    When I click the button "New order"
    And I tick the check box "Sliced"
    Then the check box "Sliced" is ticked
    When I press the key "Escape"
    Then I do not see the dialog "New order"
    And I do not see the text "Order placed"

  Scenario: All orders are removed
    When I click the button "More"
    And I click the menu item "Remove all orders"
    Then I see the text "All orders removed"
    And I do not see the row "Rye loaf"

  Scenario: Payment by invoice
    When I click the tab "Payment"
    And I click the radio button "Invoice"
    Then I see the text "Pay by"
    And I do not see the table "Orders"
    When I click the button "Terms"
    Then I see the text "Pay within ten days."

  Scenario: The night is dark
    When I tick the switch "Night"
    Then the switch "Night" is ticked
    When I untick the switch "Night"
    Then the switch "Night" is not ticked

  Scenario: The tip is set by the keyboard
    When I click the tab "Payment"
    And I click the slider "Tip"
    And I press the key "End"
    Then the slider "Tip" holds "20"
