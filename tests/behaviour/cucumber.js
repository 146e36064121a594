export default {
  import: ['world.js', 'steps/*.js'],
  format: ['progress'],
  strict: true,
};
