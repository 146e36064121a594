@kafka
Feature: An outage of Slack loses no message

  Background:
    Given a Kafka topic of views
    And a Slack channel
    And the option "Notifications:LongestRetryInterval" is "1s"
    And the service
    And an hour of normal views of "Cinema" and "Sport"

  Scenario: An incident that opened while Slack was away is told
    When Slack is away
    And half of the views of "Cinema" fail with "network" for 10 minutes
    Then "Cinema" has one open incident with "network"
    And Slack was asked in vain
    And the service is ready, and says "ops"
    When Slack is back
    Then Slack shows one message, "▲ Alert: Cinema"

  Scenario: A message is brought up to date that an incident closed while Slack was away
    When half of the views of "Cinema" fail with "network" for 10 minutes
    Then Slack shows one message, "▲ Alert: Cinema"
    When Slack is away
    And all views are normal for an hour
    Then "Cinema" has one closed incident with "network"
    And Slack was asked in vain
    When Slack is back
    Then Slack shows one message, "✔ Closed: Cinema"
    And the message has one reply, "✔ Closed: Cinema"
