import { refuse, type Rule } from './facts';

// These speak for the human side: they are sent although a human attends.
const HUMAN_SIDE = new Set([
	...['start', 'closingByAgent', 'closing', 'transfer', 'joinQueue', 'takeoverNotice', 'notice'],
	...['optOutConfirmation', 'marketingStopConfirmation', 'optInConfirmation'],
]);

/** The bot is silent while a person has the conversation (D-07). */
export const humanAttending: Rule = ({ origin, purpose, conversation }, now) => {
	if (origin !== 'bot' || !conversation || HUMAN_SIDE.has(purpose ?? '')) return null;
	const paused = conversation.botPausedUntil !== null && conversation.botPausedUntil > now;
	if (!paused && conversation.state !== 'attending') return null;
	return refuse('humanAttending', 'Não enviada: uma pessoa assumiu a conversa e o bot ficou em silêncio.');
};
