/** Does a template work? Tried on made-up data in which every wildcard that its kind of document has gets a value. */
import { addDays, type DateText } from '../business-hours/dates';
import type { DocumentContent, DocumentKind } from './content';
import type { DocumentDataInput } from './data';
import { renderContent, type RenderResult } from './render';
import type { Moment } from './facts';

/** The sample as a PDF, or what is wrong with the template. */
export async function renderSample(
	kind: DocumentKind,
	content: DocumentContent,
	moment: Moment,
): Promise<RenderResult> {
	return await renderContent(kind, content, sampleData(kind, content), moment);
}

const AS_OF: DateText = '2026-03-10';

/** Numbers that nobody has: the sample may be shown around. */
function sampleData(kind: DocumentKind, content: DocumentContent): DocumentDataInput {
	const creditor = {
		name: 'Empresa Exemplo Ltda.',
		document: '11.222.333/0001-81',
		address: 'Rua das Flores, 10, Centro, São Paulo/SP, CEP 01000-000',
		phone: '(11) 3000-0000',
		email: 'financeiro@empresa.example',
	};
	return {
		number: '1234',
		asOf: AS_OF,
		issuedOn: AS_OF,
		place: 'São Paulo',
		...(content.creditor?.name ? {} : { creditor }),
		debtor: {
			name: 'Ana Souza',
			document: '529.982.247-25',
			address: 'Avenida Brasil, 1500, Campinas/SP, CEP 13000-000',
			phone: '(11) 98765-4321',
		},
		...(content.signedBy.trim() ? {} : { signedBy: 'Bia Lima' }),
		charges: { finePercent: 2, monthlyInterestPercent: 1 },
		titles: [
			{ ...{ number: 'NF 100/1', issuedOn: addDays(AS_OF, -75), dueDate: addDays(AS_OF, -45) }, amountCents: 100_000 },
			{
				...{ number: 'NF 100/2', issuedOn: addDays(AS_OF, -75), dueDate: addDays(AS_OF, -15) },
				...{ amountCents: 100_000, discountCents: 1_000, paidCents: 20_000 },
			},
		],
		...(kind === 'agreement'
			? {
					agreement: {
						...{ discountCents: 5_000, downPaymentCents: 30_000, count: 3, firstDueDate: addDays(AS_OF, 5) },
						...{ monthlyRatePercent: 1, lateCharges: { finePercent: 2, monthlyInterestPercent: 1 } },
						...{ earlyMaturityAfter: 2, validUntil: addDays(AS_OF, 5) },
					},
					acceptance: { messageId: 'wamid.EXEMPLO', text: 'ACEITO', at: Date.UTC(2026, 2, 10, 17, 30) },
				}
			: {}),
		fields: Object.fromEntries(content.fields.map((name) => [name, '(exemplo)'])),
	};
}
