Feature: The first page
  What every visitor sees first. `docent run` plays this file; `docent steps` lists what a feature can say.

  Scenario: The first page opens
    Given I open "{{ path }}"
    Then {{ see }}
