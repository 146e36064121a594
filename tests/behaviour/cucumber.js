export default {
  paths: ['features/*.feature'],
  import: ['world.js', 'steps/*.js'],
  format: ['progress'],
  strict: true,
};
