@kafka @prometheus
Feature: The alert rules ask for what the service serves

  Scenario: Prometheus has what the alert rules ask for, and finds what has gone wrong
    Given services that read Kafka, Kinesis and a growing file, two receivers of which one refuses and one is away
    And Prometheus scrapes these services
    When each service has views, an incident, late views, and records that are no views
    Then Prometheus answers every alert rule
    And Prometheus has series of every selector of the alert rules
    When somebody pauses these services
    Then the conditions of these alert rules hold
      | RxAlertingPaused               |
      | RxAlertingLateViews            |
      | RxAlertingRecordsRejected      |
      | RxAlertingChannelFailing       |
      | RxAlertingNotificationsGivenUp |
    When these services are killed
    Then the conditions of these alert rules hold
      | RxAlertingGone       |
      | RxAlertingNotScraped |
