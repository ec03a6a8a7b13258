// Preloaded into the n8n that is measured: its built-in WhatsApp node only knows graph.facebook.com. Calls to that host go to the
// simulator instead, without TLS, exactly as ours do; everything else is left alone.
const http = require('node:http');
const https = require('node:https');

const target = new URL(process.env.BENCH_GRAPH_URL);
// As generous as the agent of the desk's own client.
const agent = new http.Agent({ keepAlive: true, maxSockets: 256 });
const original = https.request;

https.request = function request(...args) {
	const options = typeof args[0] === 'string' || args[0] instanceof URL ? args[1] : args[0];
	const host = options?.hostname ?? options?.host ?? (args[0] instanceof URL ? args[0].hostname : undefined);
	if (host !== 'graph.facebook.com') return original.apply(this, args);
	const callback = args.find((each) => typeof each === 'function');
	return http.request(
		{
			method: options.method,
			headers: { ...options.headers, host: target.host },
			hostname: target.hostname,
			port: target.port,
			// It asks for a version of Graph that has been switched off since.
			path: options.path.replace(/^\/v\d+\.\d+\//, '/v26.0/'),
			agent,
		},
		callback,
	);
};
