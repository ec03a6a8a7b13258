// Preloaded (node --require) into processes that shall talk to the simulator instead of WhatsApp: `npm start`, e2e
// tests, benchmarks. Whoever loads Baileys then gets it with another address, another root key to trust, and the
// certificate of the simulator's media host. The file named by WHATSAPP_WEB_POINTER says which; the product knows nothing.
const { registerHooks } = require('node:module');

const DEFAULTS = /@whiskeysockets\/baileys\/lib\/Defaults\/index\.js$/;

globalThis.pointBaileysAtSimulator = (defaults) => {
	const { readFileSync } = require('node:fs');
	const { leadBaileys } = require('./lead-baileys.cjs');
	leadBaileys(defaults, JSON.parse(readFileSync(process.env.WHATSAPP_WEB_POINTER, 'utf8')));
};

registerHooks({
	load(url, context, next) {
		const loaded = next(url, context);
		if (!DEFAULTS.test(url)) return loaded;
		const call = '\nglobalThis.pointBaileysAtSimulator({ DEFAULT_CONNECTION_CONFIG, WA_CERT_DETAILS });\n';
		return { ...loaded, source: `${loaded.source}${call}` };
	},
});
