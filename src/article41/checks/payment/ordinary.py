"""Words that payments are made of: a run of nothing but these names nobody.

A name with one other word in it is compared as it stands.
"""

import re

_WORDS = """
account accounts accommodation acct admin advance advice advisory agreement agency amount annual
and april attn august balance bank banking base bill bills bonus book books booking branch
business buy calendar card care case cash charge charges charity christmas city claim class
client club code college commission company consulting consultancy contract contracts
contribution cost costs course credit current customer data date day debit december delivery
department deposit design details development discount dividend document documents donation due
education electricity electronic engineering equipment event exam expense expenses export family
february fee fees final finance financial first food for freight from fuel full fund funds gas
general gift gmbh goods grant gross group guarantee half health help holding home hotel house
import income industrial industries information instalment installment insurance interest
international invest investment invoice invoices item items january july june kindly labour land
lease leasing legal letter licence license limited list loan logistics ltd machine machinery
maintenance management manufacturing march marine market marketing material materials may medical
meeting member membership merchandise monthly month months mortgage music net new north note notice
november number october office offices oil online order orders other our parcel parking part
parts party pay payable payment payments pension per period personal phone please plan plant
plus point policy port premium prepayment price private pro product production products
professional project property public purchase quarter quarterly real receipt reference ref
refund refunds regarding registration remittance rent rental repair repayment request research
reservation retail return royalty salaries salary sale sales saving savings school second
security semester send september service services settlement share shares shipment shipping shop
social society software solutions south spare special sports standing station steel stock store
student studio sub subscription summer supplier supplies supply support surcharge system systems
tax taxes technical technology telecom term test the third ticket tickets tools total tour
tourism trade trading training transfer transport transportation travel trip tubes tuition unit
units university usage utility vat vehicle via visa wages warehouse water web week weekly west
winter with work works workshop world year yearly your
rechnung rechnungen miete gehalt lohn vertrag kunde kundennummer kundennr nummer zahlung
zahlungen ueberweisung beitrag spende versicherung lieferung bestellung auftrag steuer gutschrift
rate raten darlehen zinsen provision facture factures loyer salaire contrat client commande
paiement virement cotisation don assurance livraison impot credit pret interets frais factura
facturas alquiler salario nomina contrato cliente pedido pago transferencia cuota donacion seguro
entrega impuesto prestamo intereses gastos fattura affitto stipendio contratto ordine pagamento
bonifico quota donazione assicurazione consegna imposta prestito interessi spese
jsc pjsc ojsc cjsc joint ooo oao zao pao ao
ag bv co corp corporation inc llc ltda nv plc pvt pty sarl spa srl bhd sdn kft oy aps avenue ave
road street strasse str rue via viale calle floor flat suite ste building block box tower
"""
_LONE_WORDS = """
asset atlas atom aurora caesar chairman chinese comet defender doctor farsi flame future korean
league legend light major mighty murmansk orion pharaoh primorsk russian arabic shutdown typhoon
"""
_JOINING_WORDS = """
and or und oder et ou y o e ed och og i co fbo obo ito for fuer pour par para por per of from by on
behalf att attn attention fao via aka fka dba ta trustee trustees nominee estate heirs late mr mrs
ms miss messrs dr herr herrn frau m mme mlle monsieur madame sr sra srta senor senora sig signor
signora dhr mevr pan pani
"""
JOINING = frozenset(_JOINING_WORDS.split())
"""Words by which a field of one name goes over to another: `A and B`, `A for B`, `Mr A`."""
ORDINARY = frozenset(_WORDS.split())
"""English first, then German, French, Spanish and Italian; legal forms and what addresses have."""
LONE = frozenset(_LONE_WORDS.split())
"""Words that stand on the lists as a whole name, and mean something else in most texts; with any
other word they are compared."""
SHIP_WORDS = re.compile(
    r"\b(m[/.]?[vt]|s[/.]?s|vessel|ship|tanker|imo|vsl|motorship)\b", re.IGNORECASE
)
"""Words by which a text says that it speaks of a ship: names of ships are ordinary words."""
