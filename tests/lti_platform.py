"""A school's system as far as logging in by LTI 1.3 goes, run by a Python that has PyJWT: its public keys, and the form that it sends back.

Run: python lti_platform.py PORT ISSUER CLIENT. `/auth` does what a system does for the person in `login_hint`; words after a `|` in it say
what shall be wrong: audience, issuer, key, nonce, old, unsigned.
"""

import html
import json
import sys
import time

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from tornado import ioloop, web

CLAIM = "https://purl.imsglobal.org/spec/lti/claim/"
PORT, ISSUER, CLIENT = int(sys.argv[1]), sys.argv[2], sys.argv[3]
OWN, FOREIGN = (rsa.generate_private_key(public_exponent=65537, key_size=2048) for _ in range(2))


class Keys(web.RequestHandler):
    def get(self) -> None:
        public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(OWN.public_key()))
        self.write({"keys": [{**public, "kid": "own", "use": "sig", "alg": "RS256"}]})


class Auth(web.RequestHandler):
    def get(self) -> None:
        who, _, wrong = self.get_argument("login_hint").partition("|")
        now = int(time.time()) - (3600 if wrong == "old" else 0)
        token = {
            "iss": "https://elsewhere.example" if wrong == "issuer" else ISSUER,
            "aud": "another-tool" if wrong == "audience" else CLIENT,
            "sub": who,
            "iat": now,
            "exp": now + 600,
            "nonce": "made-up" if wrong == "nonce" else self.get_argument("nonce"),
            "email": "shared@school.example",
            CLAIM + "version": "1.3.0",
            CLAIM + "message_type": "LtiResourceLinkRequest",
            CLAIM + "deployment_id": "deployment-7",
            CLAIM + "target_link_uri": self.get_argument("redirect_uri"),
            CLAIM + "roles": ["http://purl.imsglobal.org/vocab/lis/v2/membership#Learner"],
            CLAIM + "resource_link": {"id": "link-3"},
            CLAIM + "context": {"id": "course-5", "label": "READ"},
            "https://purl.imsglobal.org/spec/lti-ags/claim/endpoint": {"lineitem": f"{ISSUER}/lineitems/9"},
        }
        if wrong == "unsigned":
            signed = jwt.encode(token, "", algorithm="none", headers={"kid": "own"})
        else:
            signed = jwt.encode(token, FOREIGN if wrong == "key" else OWN, algorithm="RS256", headers={"kid": "own"})
        fields = {"id_token": signed, "state": self.get_argument("state")}
        inputs = "".join(f'<input type="hidden" name="{name}" value="{html.escape(value)}">' for name, value in fields.items())
        self.write(f'<form method="post" action="{html.escape(self.get_argument("redirect_uri"))}">{inputs}</form>')


web.Application([("/keys", Keys), ("/auth", Auth)]).listen(PORT, "127.0.0.1")
ioloop.IOLoop.current().start()
