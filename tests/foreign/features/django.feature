Feature: Django's admin

  Background:
    Given I open "/admin/"
    When I type "master" into the text field "Username"
    And I type "secret:harbour" into the password field "Password"
    And I click the button "Log in"
    Then I see the heading "Site administration"

  Scenario: A wrong password is refused
    When I click the button "Log out"
    And I open "/admin/"
    And I type "master" into the text field "Username"
    And I type "wrong" into the password field "Password"
    And I click the button "Log in"
    Then I see the text "Please enter the correct username and password"
    And I do not see the heading "Site administration"

  Scenario: A boat is added
    When I click the link "Boats"
    And I click the link "Add boat"
    And I type "Plover" into the text field "Name"
    And I choose "Sailing boat" from the selection list "Kind"
    And I type "7.5" into the field "Length in metres"
    And I untick the check box "Ready to sail"
    And I click the button "Save"
    Then I see the text "was added successfully"
    And I see the link "Plover" in the row "Plover"

  Scenario: What is missing is said beside the field
    When I open "/admin/harbour/boat/add/"
    And I click the button "Save"
    Then I see the text "Please correct the errors below."
    And I see the text "This field is required."
    And I am at "/admin/harbour/boat/add/"

  Scenario: A boat is found
    When I open "/admin/harbour/boat/"
    And I type "Hero" into the search field "Search"
    And I click the button "Search"
    Then I see the link "Heron"
    And I do not see the link "Tern"
    And I see the text "1 result"

  Scenario: The list is filtered and sorted
    When I open "/admin/harbour/boat/"
    And I click the link "Rowing boat" in the navigation "Filter"
    Then I see the link "Swan"
    And I do not see the link "Heron"
    When I click the link "Name" in the column header "Name"
    Then I see the cell "Rowing boat" in the row "Swan"

  Scenario: A boat is removed by an action
    When I open "/admin/harbour/boat/"
    And I tick the check box "Select this object for an action - Otter"
    And I choose "Delete selected boats" from the selection list "Action"
    And I click the button "Go"
    Then I see the heading "Delete multiple objects"
    And I see the link "Otter"
    When I click the button "Yes, I’m sure"
    Then I see the text "Successfully deleted 1 boat."
    And I do not see the link "Otter"

  Scenario: The last check is noted, with the calendar's help
    When I open "/admin/harbour/boat/"
    And I click the link "Tern"
    And I click the heading "Upkeep"
    And I type "2026-07-02" into the text field "Last check"
    And I type "New sail" into the text field "Notes"
    And I click the button "Save and continue editing"
    And I click the heading "Upkeep"
    Then the text field "Last check" holds "2026-07-02"
    When I click the link "Today"
    And I click the link "Choose a Date"
    Then I see the link "Cancel"

  Scenario: A guest gets favourites
    When I open "/admin/harbour/guest/"
    And I click the link "Ida Berg"
    And I choose "Heron" from the selection list "Available favourites Choose favourites by selecting them and then select the \"Choose\" arrow button."
    And I click the button "Choose selected favourites"
    And I type "09:30" into the text field "Time"
    And I type "2026-08-01" into the text field "Date"
    And I click the button "Save"
    Then I see the text "was changed successfully"
