@kafka
Feature: One cause is one message

  Background:
    Given a Kafka topic of views
    And a Slack channel
    And the service

  Scenario: A property that fails in many titles is one message
    Given 2 hours of normal views of "Cinema", with 40 titles
    When half of the views of "Cinema" fail with "network" for 20 minutes
    Then "Cinema" has one open incident with "network"
    And it affects 40 titles
    And Slack shows one message, "▲ Alert: Cinema"

  Scenario: What fails in many properties at the same time is one message
    Given an hour of normal views of "Cinema", "Sport", "News", "Kids", "Music" and "Radio"
    When half of the views of "Cinema", "Sport", "News", "Kids", "Music" and "Radio" fail with "network" for 10 minutes
    Then the platform has one open incident with "network"
    And it affects 6 properties
    And Slack shows one message, "▲ Alert"
    When all views are normal for an hour
    Then the platform has one closed incident with "network"
    And Slack shows one message, "✔ Closed"
