@kafka @redis
Feature: Any replica shows the same, and a reader may go on at another one

  Scenario: A replica is killed while somebody follows its incidents
    Given a Redis store
    And a Kafka topic of views, keyed by property, with 3 partitions
    And 3 replicas of the service
    And an hour of normal views of "Cinema", "Sport", "News" and "Kids"
    And a reader of the events of the first replica
    When half of the views of "Cinema" and "News" fail with "network" for 10 minutes
    Then the reader knows 2 open incidents
    And all replicas show the same incidents
    And the next event has the same id and content at every replica
    When the first replica is killed
    And half of the views of "Sport" fail with "network" for 10 minutes
    And the reader comes again to the second replica
    And all views are normal for an hour
    Then all replicas show the same incidents
    And the reader knows the same incidents
    And no change was told to the reader twice
