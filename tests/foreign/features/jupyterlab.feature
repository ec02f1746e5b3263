Feature: JupyterLab

  Background:
    Given I open "/lab?reset"
    Then I see the tab "Launcher"

  Scenario: The launcher offers a notebook
    Then I see the heading "Notebook"
    And I see the heading "Console"
    And I see the text "Python 3 (ipykernel)"

  Scenario: A notebook is made from the menu
    When I click the menu item "File"
    And I click the menu item "New Launcher"
    Then I see the text "Launcher"

  Scenario: A cell is computed
    When I open "/lab/tree/sums.ipynb?reset"
    Then I see the tab "sums.ipynb"
    When I click the text "Sum of the catch"
    And I click the menu item "Run"
    And I click the menu item "Run All Cells"
    Then I see the text "The catch is 42"

  Scenario: A file is opened from the list
    When I click the text "readme.md"
    And I press the key "Enter"
    Then I see the tab "readme.md"
    And I see the text "Notes of the harbour"

  Scenario: A folder is made
    When I click the button "New Folder"
    And I click the tab "Launcher"
    Then I see the list item "Untitled Folder"

  Scenario: A command is found in the palette
    When I press the key "Control+Shift+C"
    And I type "Toggle Dark" into the text field "SEARCH"
    Then I do not see the text "New Folder"
    When I type "contextual help" into the text field "SEARCH"
    Then I see the text "Show Contextual Help"

  Scenario: The theme is changed
    When I click the menu item "Settings"
    And I click the text "Theme"
    And I click the menu item "JupyterLab Dark"
    And I click the menu item "Settings"
    And I click the text "Theme"
    Then I see the menu item "JupyterLab Dark"

  Scenario: A dialog asks before the kernel is restarted
    When I open "/lab/tree/sums.ipynb?reset"
    Then I see the tab "sums.ipynb"
    When I click the menu item "Kernel"
    And I click the menu item "Restart Kernel…"
    Then I see the dialog "Restart Kernel?"
    When I click the button "Cancel"
    Then I do not see the text "Do you want to restart the kernel"
