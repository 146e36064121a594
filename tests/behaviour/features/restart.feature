@kafka
Feature: A restart tells no incident twice

  Background:
    Given a Kafka topic of views
    And a Slack channel
    And the service
    And an hour of normal views of "Cinema" and "Sport"

  Scenario Outline: An incident goes on after the service was <ended>
    When half of the views of "Cinema" fail with "network" for 10 minutes
    Then "Cinema" has one open incident with "network"
    And Slack shows one message, "▲ Alert: Cinema"
    When the service is <ended>
    And half of the views of "Cinema" fail with "network" for 10 minutes
    And all views are normal for an hour
    And the service starts again
    Then "Cinema" has the same incident, closed
    And each view was counted once
    And Slack shows one message, "✔ Closed: Cinema"
    And the message has one reply, "✔ Closed: Cinema"

    Examples:
      | ended   |
      | killed  |
      | stopped |

  Scenario: The service is killed while Slack takes the message
    Given the service is killed as soon as Slack has a message
    When half of the views of "Cinema" fail with "network" for 10 minutes
    Then the service has ended
    When the service starts again
    And all views are normal for an hour
    Then "Cinema" has one closed incident with "network"
    And Slack shows one message, "✔ Closed: Cinema"
    And the message has one reply, "✔ Closed: Cinema"
