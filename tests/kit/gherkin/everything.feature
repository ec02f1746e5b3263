# A comment above all

@all @portal # with a comment
@second-line
Feature: Everything that Gherkin knows
  A description with "quotes", <angles> & ümläuts 😀.

    Its second paragraph is indented.
  # a comment in between

  Background: Somebody is there
    What is true for all.

    Given I open "/"

  # a comment above a scenario
  @wip   @a@b
  Scenario: Doc strings and tables

    A description of its own.
    When somebody is given "data"
      """json
      {"one": "two"}
        # no comment
      \"\"\"
      """
    # a comment between steps
    And I open "/😀?x=1"
    Then I see just these, in this order:
      | widget      | what \| it is |
      # a comment in a table

      |  a\\b\nc    | 😀  |
      |             | <x>           |
    But off camera, somebody is given "words"
      ```
      backticks
        stay indented
      ```
    * I open "/"
    And I open "/"

  @outline
  Scenario Outline: Open <path> <twice>
    When somebody is given "<path>"
      """<kind>
      The <path> is <twice>.
      """

    @few
    Examples: Some
      What they are.
      | path | twice | kind |
      # a comment
      | /one | 1     | text |

      | /two | 2     | html |

    Examples:
      | kind | twice | path   |
      | text | 3     | /three |

  @ruled
  Rule: A rule
    Described.

    Background:
      Given I open "/rule"

    Example: In the rule
      Then I see the link "X"

  Rule: Another one
    Scenario: In the other rule
      Then I see the link "Y"
