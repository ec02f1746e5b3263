@tutorial
Feature: Order bread
  For the shops of the bakery.

  Scenario: Place an order
    Given I open "/"
    When I click the button "New order"
      """
      Click "New order".
      """
    When I choose "Poppy roll" from the selection list "Product"
      """
      Choose what you need.
      """
    When I type "12" into the text field "Amount"
      """
      Say how many, and whether they are to be sliced.
      """
    And I tick the check box "Sliced"
    When I click the button "Place order"
      """
      Place the order.
      """
    Then I look at the row "Poppy roll"
      """
      Your order is in the list.
      """
