// The customers of a town, and how the ERP of the company they owe writes them down.
export interface Customer {
	name: string;
	/** As the ERP has it. */
	phone: string;
	/** Where the register says they live; by default where the phone is from. */
	uf?: string;
	/** Hours from UTC of the customer's own clock; by default -3. */
	clock?: -3 | -4 | -5;
	/** Due date of each invoice as day/month[/year], with its amount when that matters: '13/11' or '13/11 12.000,00'. */
	owes: Record<string, string>;
	/** What the ERP says besides, e.g. { situacao: 'contestado' }. */
	erp?: Record<string, string>;
	onWhatsApp?: boolean;
	/** On the clock of São Paulo, e.g. '18/11 11:00 says Já paguei'. */
	does?: string[];
}

/** An open item as the export of an ERP has it. */
export interface ErpRow {
	titulo: string;
	numero: string;
	vencimento: string;
	valor: string;
	situacao: string;
	link: string;
	cliente: Record<string, string>;
}

export function erpRow(invoice: string, owed: string, customer: Customer, index: number, year: number): ErpRow {
	const [due, amount = `${100 + index},90`] = owed.split(' ');
	const [day, month, own = year] = due!.split('/');
	return {
		titulo: invoice,
		numero: invoice,
		vencimento: `${day}/${month}/${own}`,
		valor: amount,
		situacao: 'aberto',
		link: `https://exemplo.com/f/${invoice}`,
		cliente: {
			nome: customer.name,
			cpf: cpfOf(100_000_000 + index),
			telefone: customer.phone,
			uf: customer.uf ?? '',
		},
		...customer.erp,
	};
}

export const hasPhone = ({ phone }: Customer) => phone !== '';

/** WhatsApp knows mobiles with their ninth digit here. */
export function waIdOf({ phone }: Customer): string {
	const digits = phone.replace(/\D/g, '').replace(/^0/, '');
	return digits.length === 10 && /^..[6-9]/.test(digits) ? `55${digits.slice(0, 2)}9${digits.slice(2)}` : `55${digits}`;
}

/** A valid CPF out of nine digits. */
function cpfOf(base: number): string {
	const digits = String(base).padStart(9, '0').split('').map(Number);
	for (const length of [9, 10]) {
		const sum = digits.slice(0, length).reduce((total, digit, i) => total + digit * (length + 1 - i), 0);
		digits.push(((sum * 10) % 11) % 10);
	}
	return digits.join('');
}
