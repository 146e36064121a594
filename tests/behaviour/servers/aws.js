// What all clients of the AWS SDK have in common. Servers on loopback take any credentials.
process.env.AWS_EC2_METADATA_DISABLED = 'true'; // Else the SDK asks an address that is not loopback.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true'; // The lock file decides about versions.

export const region = 'us-east-1';

export const clientOptions = (endpoint, accessKeyId, secretAccessKey) =>
  ({ endpoint, region, credentials: { accessKeyId, secretAccessKey } });
