@tutorial
Feature: First steps
  This tutorial is for everybody who is new to the site.

  Scenario: Find your way on the first page
    Given I open "{{ path }}"
    Then {{ look }}
      """
      This is the first page. A step with a text like this one is a scene: the text is what the learner reads below its screenshot.
      """
