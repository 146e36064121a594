Feature: Other options are tried before they are set

  Scenario Outline: What was read is read again, and nothing else changes
    Given <stream>
    And the option "EventTime:MaximumOutOfOrderness" is "10m"
    And the service
    And 2 hours of normal views of "Cinema" and "Sport"
    When half of the views of "Cinema" fail with "network" for 10 minutes
    And all views are normal for an hour
    Then "Cinema" has one closed incident with "network"
    And all views are counted
    When somebody tries "Detection:MinimumErrors=100000" for "Cinema"
    Then there would have been 0 incidents, and not 1
    And "Cinema" has one closed incident with "network"
    And each view was counted once

    @kafka
    Examples:
      | stream                                    |
      | a Kafka topic of views                    |

    Examples:
      | stream                                    |
      | a growing file of views                   |

  Scenario: A Kinesis stream is read again, slower than it might
    Given a Kinesis stream of views with 1 shard
    And the producer aggregates views as the Kinesis Producer Library does
    And the option "EventTime:MaximumOutOfOrderness" is "10m"
    And the service
    And 2 hours of normal views of "Cinema"
    When half of the views of "Cinema" fail with "network" for 10 minutes
    And all views are normal for an hour
    Then "Cinema" has one closed incident with "network"
    And all views are counted
    When somebody tries "Detection:MinimumErrors=100000" for "Cinema"
    Then there would have been 0 incidents, and not 1
