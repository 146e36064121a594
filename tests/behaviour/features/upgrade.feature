Feature: An upgrade keeps what the earlier release knew

  Scenario: The service goes on from the checkpoint of an earlier release
    Given simulated traffic
    And the checkpoint that an earlier release exported is imported
    And the service
    Then the service logs that it has upgraded the state
    And it shows all incidents of the earlier release
    And an incident that was open then ends under its id
