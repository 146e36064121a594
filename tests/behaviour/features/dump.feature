@rabbitmq
Feature: What the service knows can be dumped

  Scenario: A dump that is asked for by RabbitMQ goes to S3
    Given a growing file of views
    And an S3 bucket for dumps
    And a RabbitMQ exchange for commands
    And the service
    And an hour of normal views of "Cinema" and "Sport"
    When somebody sends the command "dump-error-rates" by RabbitMQ
    Then the answer is "done"
    And the bucket has a whole dump of error-rates
    And in the dump, one view of 53 of "Cinema" fails with "decoder"
    When somebody sends the same command again
    Then the answer is "already_so"
