/** Is a linked device linked, connected and held by a process that runs (D-11, C-09)? From what every process sees of it. */
import { fine, lasting, wrong } from '../channel/findings';
import type { Finding } from '../channel/port';
import { formatPhone } from '../phone';
import type { LinkedDeviceView } from '../model-linked-device';
import type { Instant } from '../model';

const OLD_DAYS = 15;

/** @param view null while no published trigger has ever used the credential */
export function sessionFindings(view: LinkedDeviceView | null, now: Instant): Finding[] {
	if (!view) {
		return [
			wrong(
				'session',
				'No published workflow has ever held the connection of this credential.',
				'Publish a workflow with a WhatsApp Desk Trigger that has this credential, then activate the number.',
			),
		];
	}
	return [stateFinding(view, now), ...ageFindings(view), ...restrictionFindings(view)];
}

function stateFinding({ state, explanation, phone, name, heardAt, problem }: LinkedDeviceView, now: Instant): Finding {
	const who = [name, phone && formatPhone(`+${phone}`)].filter(Boolean).join(', ') || 'The number';
	const heard = heardAt === null ? '' : `; WhatsApp was heard ${lasting(now - heardAt)} ago`;
	if (state === 'connected') return fine('session', `${who} is connected${heard}.`);
	const why = explanation ? ` ${explanation}` : '';
	const fix = problem === 'outdated' ? UPDATE : FIXES[state];
	return wrong('session', `${who} is not connected (${state})${heard}.${why}`, fix);
}

const UPDATE =
	'Update n8n-nodes-whatsapp-desk and restart n8n, or set WHATSAPP_DESK_WEB_VERSION to a newer version of WhatsApp Web.';

const FIXES: Record<Exclude<LinkedDeviceView['state'], 'connected'>, string> = {
	inactive: 'Activate the number in the Desk Console, or with WhatsApp Desk › Channel: Activate.',
	waiting:
		'Publish a workflow with a WhatsApp Desk Trigger that has this credential, and see that n8n\u2019s main process runs.',
	connecting: 'Wait a moment; if it lasts, check internet, proxy and firewall of the server.',
	scan: 'Open the Desk Console and scan the code with the phone.',
	linking: 'Wait a moment.',
	reconnecting: 'It is tried again by itself; if it lasts, check internet, proxy and firewall of the server.',
	stopped: 'Do what the reason says, then activate the number again.',
};

function ageFindings({ ageDays }: LinkedDeviceView): Finding[] {
	if (ageDays === null) return [];
	const found = `It was linked ${ageDays === 0 ? 'today' : `${ageDays} days ago`}.`;
	if (ageDays < OLD_DAYS) return [fine('linkAge', found)];
	return [
		wrong('linkAge', found, 'Deactivate it and scan a new code: links that are renewed every 15 days fail less.'),
	];
}

function restrictionFindings({ problem, explanation }: LinkedDeviceView): Finding[] {
	if (problem !== 'restricted') return [];
	return [
		wrong(
			'restriction',
			explanation ?? '',
			'Stop campaigns on this number and wait until WhatsApp lifts the restriction.',
		),
	];
}
