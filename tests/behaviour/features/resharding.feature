Feature: A Kinesis stream may be resharded while the service reads it

  Scenario Outline: Nothing is lost or counted twice when shards are split and merged (<records>)
    Given a Kinesis stream of views with 2 shards
    And <records>
    And the option "EventTime:MaximumOutOfOrderness" is "10m"
    And the service
    And 30 minutes of normal views of "Cinema"
    When the stream is resharded to 4 shards
    And half of the views of "Cinema" fail with "network" for 20 minutes
    Then "Cinema" has one open incident with "network"
    When the stream is resharded to 2 shards
    And all views are normal for 40 minutes
    Then "Cinema" has one closed incident with "network"
    And each view was counted once
    And 0 views were late

    Examples:
      | records                                                            |
      | the producer writes each view as a record                          |
      | the producer aggregates views as the Kinesis Producer Library does |
