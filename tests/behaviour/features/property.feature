Feature: A property that fails is an incident
  Whoever operates a property learns when its error rate is beyond what is normal, and when that is over.

  @kafka
  Scenario: An incident opens when a property begins to fail, and closes when it works again
    Given a Kafka topic of views
    And a Slack channel
    And the service
    And an hour of normal views of "Cinema" and "Sport"
    When half of the views of "Cinema" fail with "network" for 10 minutes
    Then "Cinema" has one open incident with "network"
    And Slack shows one message, "▲ Alert: Cinema"
    When all views are normal for an hour
    Then "Cinema" has one closed incident with "network"
    And there is no other incident
    And Slack shows one message, "✔ Closed: Cinema"
    And the message has one reply, "✔ Closed: Cinema"
