/**
 * Do App ID, App Secret and Access Token belong together? A wrong App Secret would show itself only when the first
 * customer writes, so it is tried before. Pure; never repeats the secret or the token.
 */
import type { Problem } from '../port';
import { describeFailure } from './describe-test';
import { readGraphError } from './errors';
import type { GraphAnswer } from './graph';
import { readTokenFacts } from './token-facts';

const BASIC = 'the app dashboard, App settings > Basic';

/** Meta answers these when an app token (App ID and App Secret together) is none. */
const NO_APP = new Set([101, 102, 104, 190]);

export interface AppAnswers {
	/** debug_token of the access token, asked with the app's own token. */
	byApp: GraphAnswer;
	/** The same, asked with the access token itself: it names its app even when the app token is wrong. */
	byItself: GraphAnswer;
}

/** @returns null when they belong together */
export function appProblem(appId: string, { byApp, byItself }: AppAnswers, host: string): Problem | null {
	const facts = readTokenFacts(byApp);
	if (facts) return facts.appId !== null && facts.appId !== appId ? otherApp(facts.appId) : null;
	const error = byApp.type === 'answered' ? readGraphError(byApp.body) : null;
	if (!error) return describeFailure(byApp, host);
	const own = readTokenFacts(byItself)?.appId ?? null;
	if (error.code === 100) return otherApp(own);
	if (!NO_APP.has(error.code)) return describeFailure(byApp, host);
	if (own !== null && own !== appId) return otherApp(own);
	if (own === null) {
		return {
			what: 'Meta does not accept App ID and App Secret together.',
			why: 'One of the two is wrong, or they are of different apps.',
			fix: `Copy both from ${BASIC}.`,
		};
	}
	return {
		what: 'The App Secret is not the one of this app.',
		why: 'Meta does not accept it together with the App ID, so every received message would be refused.',
		fix: `Copy it again from ${BASIC} (Show).`,
	};
}

function otherApp(own: string | null): Problem {
	return {
		what: 'The App ID is not the app of the access token.',
		why: own === null ? 'The token was created for another app.' : `The token was created for the app ${own}.`,
		fix: `Copy App ID and App Secret of that app from ${BASIC}, or create a token for the other app.`,
	};
}
