@kafka
Feature: A silence spares people what they know

  Background:
    Given a Kafka topic of views
    And a Slack channel
    And the service
    And an hour of normal views of "Cinema" and "Sport"
    And somebody silences "Cinema" for 2 hours

  Scenario: Nobody is told of what is silenced
    When half of the views of "Cinema" and "Sport" fail with "network" for 10 minutes
    And all views are normal for an hour
    Then "Cinema" has one closed incident with "network"
    And it is silenced
    And "Sport" has one closed incident with "network"
    And Slack shows one message, "✔ Closed: Sport"

  Scenario: People are told when the silence has ended and the incident has not
    When half of the views of "Cinema" fail with "network" for 10 minutes
    Then "Cinema" has one open incident with "network"
    And all views are counted
    And Slack shows nothing
    When the silence is ended
    Then Slack shows one message, "▲ Alert: Cinema"
