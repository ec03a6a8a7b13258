// One run of the payment ladder as its workflow does it: plan, ask again whether each invoice is open, fill the template, send.
import {
	checkReceivable,
	fillTemplate,
	findTemplate,
	messageValues,
	planAll,
	readDunningPlan,
	sendMessages,
	storeAttachment,
	type Decision,
	type Desk,
	type DunningPolicy,
	type Receivable,
	type SendRequest,
} from '../../engine';

export interface LadderRun {
	channelId: string;
	receivables: readonly Receivable[];
	policy: DunningPolicy;
	/** Asks the ERP once more, right before sending. */
	isOpen?: (receivable: Receivable) => boolean;
	/** How long to wait for the outcomes; default 30 s. */
	waitMs?: number;
}

export interface LadderOutcome {
	decisions: Decision[];
	outcomes: Awaited<ReturnType<typeof sendMessages>>;
}

export async function runLadder(desk: Desk, run: LadderRun): Promise<LadderOutcome> {
	const { channelId, receivables, policy, isOpen = () => true, waitMs = 30_000 } = run;
	const decisions = await planAll(desk, receivables, policy, desk.clock.now());
	const requests: SendRequest[] = [];
	for (const decision of decisions) {
		if (decision.type !== 'sendNow') continue;
		const planned = decision.invoices.map(({ receivable }) => receivable);
		if (!planned.every(isOpen)) continue;
		const checks = await Promise.all(planned.map((receivable) => checkReceivable(desk, receivable)));
		if (checks.every(({ open }) => open)) requests.push(await requestOf(desk, channelId, decision, policy));
	}
	return { decisions, outcomes: await sendMessages(desk, requests, waitMs) };
}

async function requestOf(
	desk: Desk,
	channelId: string,
	decision: Extract<Decision, { type: 'sendNow' }>,
	policy: DunningPolicy,
): Promise<SendRequest> {
	const { step, payer, plan } = decision;
	const { template } = await findTemplate(desk, channelId, step.template!, 'pt_BR');
	if (!template) throw new Error(`There is no template ${step.template}.`);
	const values = messageValues(decision, policy.creditor);
	const variables = Object.fromEntries(Object.entries(values).map(([name, value]) => [`body.${name}`, value]));
	const header =
		template.header?.type === 'document'
			? ({ type: 'media', source: { blobId: await statement(desk) }, fileName: 'demonstrativo.pdf' } as const)
			: undefined;
	const filled = fillTemplate(template, { variables, header });
	if (!filled.ok) throw new Error(filled.explanation);
	return {
		channelId,
		recipient: { type: 'phone', phone: payer.phone!, name: payer.name },
		content: filled.content,
		origin: 'bot',
		// Between two nodes of a workflow it is JSON.
		dunning: readDunningPlan(JSON.parse(JSON.stringify(plan))),
	};
}

function statement(desk: Desk): Promise<string> {
	const bytes = Buffer.from('%PDF-1.4\n%%EOF\n');
	return storeAttachment(desk, { bytes, mimeType: 'application/pdf', fileName: 'demonstrativo.pdf' });
}
