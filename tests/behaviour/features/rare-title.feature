@kafka
Feature: A title that is hardly ever viewed is watched, too

  Scenario: A rare title that fails is an incident after a few views, though they take days
    Given a Kafka topic of views
    And a Slack channel
    And the option "Notifications:MaximumAge" is "30d"
    And the service
    And 6 days of views of "Cinema", one in a minute, of its title "The Silent Film" one in 3 hours
    When all views of the title "The Silent Film" of "Cinema" fail with "manifest" for 2 days
    Then the title "The Silent Film" of "Cinema" has one open incident with "manifest"
    And it opened within a day
    And there is no other incident
    And Slack shows one message, "▲ Warning: “The Silent Film” of Cinema"
