@kafka @prometheus
Feature: Prometheus sees what the service does

  Scenario: Prometheus scrapes the service under load
    Given a Kafka topic of views
    And a Slack channel
    And the service
    And Prometheus scrapes the service
    And an hour of normal views of "Cinema", "Sport", "News", "Kids", "Music", "Radio", "Arts", "Docs", "Live" and "Shop"
    When half of the views of "Cinema" fail with "network" for 20 minutes
    And all views are normal for 2 minutes
    Then Prometheus has values of these queries while more views come
      | rx_alerting_ready == 1                                                            |
      | rx_alerting_incidents_open{level="property",severity="alert"} == 1                |
      | rx_alerting_property_error_ratio{property="Cinema",error_type="network"} > 0.25   |
      | rx_alerting_property_threshold_ratio{property="Cinema",error_type="network"} < 1  |
      | rx_alerting_checkpoint_timestamp_seconds > 0                                      |
      | rx_alerting_notifications_total{channel="ops",outcome="delivered"} > 0            |
      | rx_alerting_incident_latency_seconds_count == 1                                   |
    And Prometheus has counted all views
    And Prometheus has "rx_alerting_partition_lag_records == 0"
    And every scrape was answered
    And promtool finds no fault in the metrics
