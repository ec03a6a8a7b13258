// What `import('@whiskeysockets/baileys')` gets in tests (moduleNameMapper in jest.config.js): the real package.
module.exports = globalThis.requireOutsideJest('@whiskeysockets/baileys');
