@tutorial
Feature: Compute the catch
  For harbour people who compute with notebooks.

  Scenario: Open a notebook and run it
    Given I open "/lab?reset"
    Then I look at the tab "Launcher"
      """
      JupyterLab shows what you can begin with.
      """
    When off camera, I open "/lab/tree/sums.ipynb?reset"
    Then I look at the tab "sums.ipynb"
      """
      This is the notebook of the catch.
      """
    When I click the menu item "Run"
      """
      Open the menu "Run".
      """
    When I click the menu item "Run All Cells"
      """
      Click "Run All Cells".
      """
    Then I look at the text "The catch is 42"
      """
      The sum stands below the cell.
      """
