@kafka @redis
Feature: An outage of Redis loses nothing

  Scenario: People are told what is committed, when Redis is back
    Given a Redis store
    And a Kafka topic of views
    And a Slack channel
    And the service
    And an hour of normal views of "Cinema" and "Sport"
    Then Redis has the state after all views
    When Redis is killed
    And half of the views of "Cinema" fail with "network" for 10 minutes
    Then the service is ready, and says "Redis"
    And the service has read all views, and commits them in vain
    And Slack shows nothing
    When Redis is back
    Then Slack shows one message, "▲ Alert: Cinema"
    And "Cinema" has one open incident with "network"
    And Redis has the state after all views
    When the service is killed
    And all views are normal for an hour
    And the service starts again
    Then "Cinema" has the same incident, closed
    And each view was counted once
    And Slack shows one message, "✔ Closed: Cinema"
