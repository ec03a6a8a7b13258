/** What does "Test" in a WhatsApp Linked Device credential tell a person? Whether its fields can be used, and how the link stands. */
import type {
	ICredentialDataDecryptedObject,
	ICredentialsDecrypted,
	ICredentialTestFunctions,
	INodeCredentialTestResult,
} from 'n8n-workflow';
import { linkedDeviceChannelId, linkedDeviceProblems } from '../../engine/index';
import type { LinkedDeviceView } from '../../engine/index';
import { credentialTestResult } from './cloud-api-credential-test';
import { getDesk } from './desk';

/** Every node with this credential lists it under methods.credentialTest: n8n asks whichever node it finds first. */
export async function linkedDeviceCredentialTest(
	this: ICredentialTestFunctions,
	{ data = {} }: ICredentialsDecrypted<ICredentialDataDecryptedObject>,
): Promise<INodeCredentialTestResult> {
	const problems = linkedDeviceProblems(data);
	if (problems.length > 0)
		return credentialTestResult({ ok: false, phone: null, name: null, quality: 'unknown', problems });
	const desk = await getDesk();
	return standing(await desk.linkedDevices.get(linkedDeviceChannelId(String(data.sessionName).trim())));
}

/** A link that is down for a reason the credential has no part in is no fault of the credential: it is told, in green. */
export function standing(view: LinkedDeviceView | null): INodeCredentialTestResult {
	if (!view || view.state === 'inactive') {
		return ok(
			'The credential can be used. No number is linked with it yet: activate one in the Desk Console, or with WhatsApp Desk › Channel: Activate.',
		);
	}
	if (view.problem === 'wrongKey' || view.problem === 'corruptState') {
		return {
			status: 'Error',
			message: `The link stored as "${view.sessionName}" cannot be read. ${view.explanation ?? ''}`.trim(),
		};
	}
	const number = [view.name, view.phone && `+${view.phone}`].filter(Boolean).join(', ') || 'The number';
	const age = view.ageDays === null ? '' : `, linked ${view.ageDays === 0 ? 'today' : `${view.ageDays} days ago`}`;
	if (view.state === 'connected') return ok(`Connected: ${number}${age}.`);
	return ok(
		`The credential can be used. ${number} is not connected now (${view.state}). ${view.explanation ?? ''}`.trim(),
	);
}

function ok(message: string): INodeCredentialTestResult {
	return { status: 'OK', message };
}
