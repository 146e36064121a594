@kafka
Feature: Views may come late, and in any order

  Background:
    Given a Kafka topic of views
    And the service

  Scenario: The order in which views come within two minutes does not matter
    Given the views of "Sport" come up to a minute out of order
    And an hour of normal views of "Cinema" and "Sport"
    When half of the views of "Cinema" and "Sport" fail with "network" for 10 minutes
    And all views are normal for an hour
    Then "Cinema" has one closed incident with "network"
    And "Cinema" and "Sport" have the same incident
    And each view was counted once
    And 0 views were late

  Scenario: What comes later is counted as late, and changes no decision
    Given an hour of normal views of "Cinema"
    When 100 views of "Cinema" that failed with "network" come 10 minutes late
    And all views are normal for 10 minutes
    Then 100 views were late
    And each view was counted once
    And there is no incident
